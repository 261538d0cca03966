import CommandLine

/// Options of `check`.
struct CheckOptions: CommandOptions, Equatable {
  /// Test messages are really sent to those whom `notify:` names.
  var sendsNotifications = false
}

extension CheckCommand: MissionCommand {
  static var spec: CommandSpec<CheckOptions> {
    CommandSpec(
      name: "check", arguments: .none,
      summary: "test every part that a run needs",
      details: [
        "Tests every part that a run needs and prints a line each with the time taken: the journal, every "
          + "worker, every proxy, the destination (writes in a transaction that is rolled back) and the "
          + "store (puts, gets and deletes a probe object). Of notify: only the connection and the mail "
          + "server's login are tried, unless --notify is given. Ends with 0 only if all pass."
      ],
      options: [
        .flag("notify", "send a test message to those whom notify: names; a ping tells of a success") {
          $0.sendsNotifications = true
        }
      ],
      examples: [.init("mission-control check && mission-control run", "before the first run")])
  }
}
