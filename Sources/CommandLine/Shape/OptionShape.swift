import MissionCore

/// An option as help, completions and the manual page show it.
package struct OptionShape: Sendable {
  /// Without the dashes.
  package let name: String
  /// What stands for the value in the help; nil for a flag.
  package let placeholder: String?
  let help: Message
  let isRepeatable: Bool
  let isRequired: Bool
  /// Words that shells offer for the value; others may be accepted as well.
  let choices: [String]
  /// Words behind its value are values too, up to the next option.
  var takesMore = false

  /// As the help shows it: `--limit N`.
  var usage: String { placeholder.map { "--\(name) \($0)" } ?? "--\(name)" }
}
