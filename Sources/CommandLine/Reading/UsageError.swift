import MissionCore

/// Something on the command line that cannot be understood; ends the program with exit code 64.
package struct UsageError: Error, Equatable, Sendable {
  /// What is wrong and what is accepted, without a full stop.
  package let message: Message
  /// Whose help is pointed to; nil is the program's.
  package let command: String?

  package init(_ message: Message) { self.init(message: message, command: nil) }

  init(message: Message, command: String?) {
    self.message = message
    self.command = command
  }

  /// A word where a command is expected, with the command that was probably meant.
  static func unknownCommand(_ word: String, of program: ProgramShape) -> UsageError {
    guard let meant = Suggestion.nearest(to: word, among: program.commands.map(\.name)) else {
      return UsageError(program.unknownCommand(word))
    }
    return UsageError("unknown command \(UntrustedText.quoted(word)), did you mean \(meant)?")
  }

  /// The lines for standard error.
  /// - Parameter translate: into the reader's language.
  package func lines(of program: String, translate: (Message) -> String) -> String {
    let help = command.map { "\(program) \($0) --help" } ?? "\(program) --help"
    return "\(program): \(translate(message))\n\(translate("see \(help)"))\n"
  }
}

/// A value that an option does not take.
package struct ValueProblem: Error, Equatable, Sendable {
  /// The rest of a sentence that begins with the option's name: `must be …`.
  package let message: Message

  package init(mustBe accepted: Message, got text: String) {
    message = "must be \(accepted), got \(UntrustedText.quoted(text))"
  }
}
