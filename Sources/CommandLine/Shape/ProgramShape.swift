import MissionCore

/// A program as its help, its completions and its manual page show it.
package struct ProgramShape: Sendable {
  /// The word that is typed.
  package let name: String
  /// How it is typed, as the help says it.
  let usage: Message
  /// What it is, in a paragraph.
  let about: Message
  let examples: [Example]
  /// What it can end with, and what that means.
  let exitCodes: [(number: Int32, meaning: Message)]
  let manual: ManualSections
  /// The command that is meant when none is named.
  package let standard: String
  /// What is said of a first word that is no command and resembles none.
  let unknownCommand: @Sendable (_ word: String) -> Message
  /// In the order of the help.
  package internal(set) var commands: [CommandShape] = []
  /// Options of every command.
  package internal(set) var common: [OptionShape] = []

  package init(
    name: String, usage: Message, about: Message, examples: [Example],
    exitCodes: [(number: Int32, meaning: Message)], manual: ManualSections, standard: String,
    unknownCommand: @escaping @Sendable (_ word: String) -> Message
  ) {
    self.name = name
    self.usage = usage
    self.about = about
    self.examples = examples
    self.exitCodes = exitCodes
    self.manual = manual
    self.standard = standard
    self.unknownCommand = unknownCommand
  }

  /// Nil when there is no such command.
  package func command(_ name: String) -> CommandShape? { commands.first { $0.name == name } }

  /// The options that the command takes, its own before the common ones.
  package func options(of command: CommandShape) -> [OptionShape] { command.options + common }

  /// Every option of any command, once.
  var everyOption: [OptionShape] {
    var seen: Set<String> = []
    return commands.flatMap { options(of: $0) }.filter { seen.insert($0.name).inserted }
  }
}
