import CommandLine

/// A command of Mission Control.
protocol MissionCommand: Command where Common == CommonOptions, Context == CommandContext {
  /// How it can answer.
  static var formats: [OutputFormat] { get }
  /// Whether it has to do with a journal, which each shard has one of its own of.
  static var knowsShards: Bool { get }
}

extension MissionCommand {
  static var formats: [OutputFormat] { [.text, .json] }
  static var knowsShards: Bool { true }
}
