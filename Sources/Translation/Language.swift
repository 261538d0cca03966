/// A language that texts for people are written in. What programs read never depends on it.
public enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case portuguese = "pt-BR"

  /// The language that POSIX names for messages: `LC_ALL`, else `LC_MESSAGES`, else `LANG`, of which an empty one
  /// counts as absent. English for every language that there are no texts in.
  public init(environment: [String: String]) {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let name = variables.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let code = name.prefix { $0.isLetter }
    self = code.lowercased() == "pt" ? .portuguese : .english
  }
}
