import MissionCore

/// One command of a program: how it is typed and explained, and what it does. What the parser, the help, the
/// completions and the manual page know of it is what it says here.
package protocol Command: SendableMetatype {
  /// What every command of the program takes.
  associatedtype Common: CommandOptions
  /// What only this one takes.
  associatedtype Options: CommandOptions = NoOptions
  /// What the program works with.
  associatedtype Context

  static var spec: CommandSpec<Options> { get }

  /// Takes over what stands beside options, and refuses what does not go together. The number of arguments is as
  /// `spec` says.
  static func accept(
    _ arguments: [String], into options: inout Options, _ common: Common
  ) throws(UsageError)

  static func execute(_ options: Options, _ context: Context) throws(CommandFailure) -> ExitCode
}

extension Command {
  /// Takes what is there as it is.
  package static func accept(
    _ arguments: [String], into options: inout Options, _ common: Common
  ) throws(UsageError) {}
}
