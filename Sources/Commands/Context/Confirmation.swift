import Glibc
import MissionCore
import Terminal

/// Asks a person before something is changed that cannot be taken back.
struct Confirmation {
  let context: CommandContext
  /// What `--yes` has said already.
  let isConfirmed: Bool

  private var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// To be asked before long work whose end needs an answer.
  func require() throws(CommandFailure) {
    if isConfirmed || canAsk { return }
    throw CommandFailure(.usage, "--yes is needed where there is no terminal to ask on")
  }

  /// Says what will be done, then whether to go on.
  func ask(_ announcement: [String]) throws(CommandFailure) -> Bool {
    let errors = context.terminal.errors
    context.terminal.output.flush()
    for line in announcement { errors.write(line + "\n") }
    defer { errors.drain() }
    if isConfirmed { return true }
    try require()
    errors.write(context.keeping.goOn)
    errors.drain()
    guard let answer = readLine()?.lowercased(), context.keeping.yes.contains(answer) else {
      errors.write(context.keeping.nothingChanged + "\n")
      return false
    }
    return true
  }
}
