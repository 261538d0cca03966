/// One command of the table.
struct CommandSpec: Sendable {
  let name: CommandName
  let arguments: Arguments
  /// A line in the list of commands.
  let summary: String
  /// The paragraphs at the top of the command's own help.
  let details: [String]
  let options: [OptionSpec]
  let examples: [Example]

  /// What a command takes beside options.
  enum Arguments: Sendable {
    case none
    case one(String)
    /// This word or nothing.
    case optional(String)
    /// Nothing, or one value of the user's.
    case upToOne(String)
    case oneOrMore(String)
    case any(String)
    /// One of these words.
    case choice([String])

    /// As the help shows it, with a space before it.
    var usage: String {
      switch self {
      case .none: return ""
      case .one(let name): return " \(name)"
      case .optional(let name), .upToOne(let name): return " [\(name)]"
      case .oneOrMore(let name): return " \(name)…"
      case .any(let name): return " [\(name)…]"
      case .choice(let words): return " " + words.joined(separator: "|")
      }
    }
  }

  struct Example: Sendable {
    let line: String
    let purpose: String

    init(_ line: String, _ purpose: String) {
      self.line = line
      self.purpose = purpose
    }
  }

  var usage: String { "mission-control \(name.rawValue)\(arguments.usage) [OPTIONS]" }
}
