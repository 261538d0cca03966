import CommandLine

/// Options of `init`.
struct InitOptions: CommandOptions, Equatable {
  /// Nil asks, where there is somebody to ask.
  var source: StarterKind?
}

extension InitCommand: MissionCommand {
  static var spec: CommandSpec<InitOptions> {
    CommandSpec(
      name: "init", arguments: .none,
      summary: "write a first configuration that works",
      details: [
        """
        Writes config.yaml, a mission file, a file for secrets and, for programs, an example of five lines, with SQLite and \
        a folder as destination and store. What is there already is never overwritten. --config names another \
        place. Without --source it asks on a terminal and takes command elsewhere.
        """
      ],
      options: [
        .value(
          "source", "KIND",
          "what brings the records: command (a program of this machine), http (an API that starts jobs) or worker",
          choices: StarterKind.allCases.map(\.rawValue)
        ) {
          options, text, _ throws(ValueProblem) in
          options.source = try OptionReading.choice(text, of: StarterKind.self)
        }
      ],
      examples: [
        .init("mission-control init --source command && mission-control run", "from nothing to a report"),
        .init(
          "mission-control init --source http --config shop/config.yaml", "for an API, in a folder of its own"
        ),
      ])
  }
}
