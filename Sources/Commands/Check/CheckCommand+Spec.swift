import CommandLine

/// Options of `check`.
struct CheckOptions: CommandOptions, Equatable {
  /// Test messages are really sent to those whom `notify:` names.
  var sendsNotifications = false
  /// One worker is tried against the contract of the worker API, and nothing else is tested.
  var triesContract = false
  var worker: String?
}

extension CheckCommand: MissionCommand {
  static var spec: CommandSpec<CheckOptions> {
    CommandSpec(
      name: "check", arguments: .none,
      summary: "test every part that a run needs",
      details: [
        """
        Tests every part that a run needs and prints a line each with the time taken: the journal, every \
        worker, every proxy, the destination (writes in a transaction that is rolled back; a writer \
        is asked for its health) and the store (puts, gets and deletes a probe object). Of notify: only \
        the connection and the mail server's login are tried, unless --notify is given. Ends with 0 only if all pass.
        """,
        """
        With --worker NAME --conformance nothing but that worker is tried, against the whole contract of the \
        worker API: its session is replaced, one day is scraped, a job is cancelled, wrong requests are \
        sent. For those who write workers.
        """,
      ],
      options: [
        .flag("notify", "send a test message to those whom notify: names; a ping tells of a success") {
          $0.sendsNotifications = true
        },
        .value("worker", "NAME", "the worker that --conformance tries") { options, text, _ in
          options.worker = text
        },
        .flag("conformance", "try whether a worker keeps to the worker API, with a small scrape") {
          $0.triesContract = true
        },
      ],
      examples: [
        .init("mission-control check && mission-control run", "before the first run"),
        .init("mission-control check --worker worker-1 --conformance", "a worker of one's own"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout CheckOptions, _ common: CommonOptions
  ) throws(UsageError) {
    guard options.triesContract == (options.worker != nil) else {
      throw UsageError("--worker NAME and --conformance go together")
    }
  }
}
