import Glibc

/// Asks a person before something is changed that cannot be taken back.
struct Confirmation {
  let context: CommandContext

  private static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// To be asked before any work whose end needs an answer.
  static func require(_ what: String, isConfirmed: Bool) throws(CommandFailure) {
    if isConfirmed || canAsk { return }
    throw CommandFailure(.usage, "\(what) needs --yes where there is no terminal to ask on")
  }

  /// Says what will be done, then whether to go on: what `--yes` has said, or the terminal's answer.
  func ask(_ announcement: [String], isConfirmed: Bool) -> Bool {
    let errors = context.terminal.errors
    context.terminal.output.flush()
    for line in announcement { errors.write(line + "\n") }
    defer { errors.flush() }
    if isConfirmed { return true }
    errors.write("go on? [y/N] ")
    errors.flush()
    guard let answer = readLine()?.lowercased(), answer == "y" || answer == "yes" else {
      errors.write("nothing was changed\n")
      return false
    }
    return true
  }
}
