import MissionCore

/// A command as help, completions and the manual page show it.
package struct CommandShape: Sendable {
  /// The word that is typed.
  package let name: String
  let arguments: ArgumentShape
  /// A line in the list of commands.
  let summary: Message
  /// The paragraphs at the top of the command's own help.
  let details: [Message]
  /// Its own ones.
  package let options: [OptionShape]
  let examples: [Example]
}
