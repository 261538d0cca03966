import CommandLine

/// A command of Mission Control.
protocol MissionCommand: Command where Common == CommonOptions, Context == CommandContext {
  /// How it can answer.
  static var formats: [OutputFormat] { get }
}

extension MissionCommand {
  static var formats: [OutputFormat] { [.text, .json] }
}
