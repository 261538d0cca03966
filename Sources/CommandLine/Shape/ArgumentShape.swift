/// What a command takes beside options.
package enum ArgumentShape: Sendable {
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
  /// Nothing, or the name of a command of the program.
  case command

  /// As the help shows it, with a space before it.
  var usage: String {
    switch self {
    case .none: return ""
    case .one(let name): return " \(name)"
    case .optional(let name), .upToOne(let name): return " [\(name)]"
    case .oneOrMore(let name): return " \(name)…"
    case .any(let name): return " [\(name)…]"
    case .choice(let words): return " " + words.joined(separator: "|")
    case .command: return " [COMMAND]"
    }
  }
}
