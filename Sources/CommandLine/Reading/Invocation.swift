import MissionCore

/// What a command line asks for.
package enum Request<Common: Sendable, Context>: Sendable {
  /// Nil is the help of the whole program.
  case help(CommandShape?)
  case version
  case command(Invocation<Common, Context>)
}

/// A command with what was said to it, read and accepted.
package struct Invocation<Common: Sendable, Context>: Sendable {
  /// The command's name.
  package let command: String
  /// What every command takes.
  package let common: Common
  /// The command's own options, of its own type.
  package let options: any Sendable
  /// Does it.
  package let execute: @Sendable (Context) throws(CommandFailure) -> ExitCode
}
