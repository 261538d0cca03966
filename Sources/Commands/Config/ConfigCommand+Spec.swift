import CommandLine

/// Options of `config`.
struct ConfigOptions: CommandOptions, Equatable {
  var topic = Topic.effective

  enum Topic: Sendable { case effective, schema }
}

extension ConfigCommand: MissionCommand {
  static var spec: CommandSpec<ConfigOptions> {
    CommandSpec(
      name: "config", arguments: .optional("schema"),
      summary: "the configuration as it takes effect, secrets masked",
      details: [
        "Prints the configuration with all defaults and all values from the environment; secrets show as ***.",
        "config schema prints the JSON Schema of the file, with which editors complete and check it.",
      ],
      examples: [
        .init("mission-control config --output json", "for another program"),
        .init("mission-control config schema > config.schema.json", "for an editor"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout ConfigOptions, _ common: CommonOptions
  ) throws(UsageError) {
    if !arguments.isEmpty { options.topic = .schema }
  }
}
