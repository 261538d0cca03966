import Configuration
import MissionCore
import Synchronization
import Translation

/// The language that this process speaks to people in: `--locale`, else `locale:` where the configuration has it, else
/// the environment's.
///
/// The configuration is read late, and by some commands not at all; until then its word does not count.
final class LanguageChoice: Sendable {
  private let option: Language?
  private let environment: Language
  private let configured = Mutex<Language?>(nil)

  /// - Parameter option: the value of `--locale`.
  init(option: String?, environment: [String: String]) {
    self.option = option.flatMap(Self.language)
    self.environment = Language(environment: environment)
  }

  /// `pt` is short for the only Portuguese that there is.
  private static func language(_ name: String) -> Language? {
    name == "pt" ? .portuguese : Language(rawValue: name)
  }

  var current: Language { option ?? configured.withLock { $0 } ?? environment }

  /// From now on the configuration's word counts; nil leaves it to the environment.
  func note(_ locale: Configuration.Locale?) {
    configured.withLock { $0 = locale.flatMap { Language(rawValue: $0.rawValue) } }
  }

  /// What `--locale` says in a command line that could not be read, or that asks for help only.
  static func option(in arguments: [String]) -> String? {
    for (index, word) in arguments.enumerated() {
      if word.hasPrefix("--locale=") { return String(word.dropFirst(9)) }
      if word == "--locale", index + 1 < arguments.count { return arguments[index + 1] }
      if word == "--" { return nil }
    }
    return nil
  }
}
