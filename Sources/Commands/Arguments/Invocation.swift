import MissionCore

/// What the command line asks for, read and validated.
struct Invocation: Equatable, Sendable {
  var command: Command
  var common: CommonOptions
}

/// A command with its own options.
enum Command: Equatable, Sendable {
  case run(RunOptions)
  /// Also `run --dry-run`.
  case plan(RunOptions)
  case backfill(BackfillOptions)
  case status(StatusOptions)
  case list(ListOptions)
  case show(MissionReference)
  case retry(RetryOptions)
  case cancel([MissionReference])
  case check(CheckOptions)
  case verify(VerifyOptions)
  case report(ReportOptions)
  case prune(PruneOptions)
  case config(ConfigOptions)
  case completions(Shell)
  case man
  /// Nil is the help of the whole program.
  case help(CommandName?)
  case version
}
