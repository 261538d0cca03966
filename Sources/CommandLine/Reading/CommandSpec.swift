import MissionCore

/// What a command says of itself, with how its options are taken over.
package struct CommandSpec<Options>: Sendable {
  /// The word that is typed.
  package let name: String
  let arguments: ArgumentShape
  let summary: Message
  let details: [Message]
  let options: [OptionSpec<Options>]
  let examples: [Example]

  /// - Parameters:
  ///   - summary: a line in the list of commands.
  ///   - details: the paragraphs at the top of the command's own help.
  package init(
    name: String, arguments: ArgumentShape = .none, summary: Message, details: [Message],
    options: [OptionSpec<Options>] = [], examples: [Example]
  ) {
    self.name = name
    self.arguments = arguments
    self.summary = summary
    self.details = details
    self.options = options
    self.examples = examples
  }

  var shape: CommandShape {
    CommandShape(
      name: name, arguments: arguments, summary: summary, details: details, options: options.map(\.shape),
      examples: examples)
  }
}
