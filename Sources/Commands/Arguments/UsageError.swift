import MissionCore
import Translation

/// Something on the command line that cannot be understood; ends the program with exit code 64.
struct UsageError: Error, Equatable, Sendable {
  /// What is wrong and what is accepted, without a full stop.
  let message: String
  /// Whose help is pointed to; nil is the program's.
  let command: CommandName?

  /// The lines for standard error.
  func lines(in language: Language) -> String {
    let translator = Translator.to(language)
    let help = command.map { "mission-control \($0.rawValue) --help" } ?? "mission-control --help"
    return "mission-control: \(translator.translate(message))\n\(translator.translate("see \(help)"))\n"
  }
}

/// A value that an option does not take.
struct ValueProblem: Error, Equatable, Sendable {
  /// The rest of a sentence that begins with the option's name: `must be …`.
  let message: String

  init(mustBe accepted: String, got text: String) {
    // Two sentences for the translator, as in the configuration's errors.
    let rule = "must be \(accepted)"
    message = rule + ", got \(UntrustedText.quoted(text))"
  }

  init(_ message: String) { self.message = message }
}
