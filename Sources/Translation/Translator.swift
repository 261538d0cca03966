import MissionCore

/// Says in another language what the program says in English.
///
/// Messages arise in every layer and tell their keys and arguments, wherever they were kept meanwhile; only the outermost
/// layer, which shows them to a person, hands them to a translator. What the catalogue does not know stays, and so do words
/// of others.
///
/// Words that are laid out rather than said (headings, fields, columns) are in the typed tables of phrases.
public final class Translator: Sendable {
  /// Into this language.
  public static func to(_ language: Language) -> Translator {
    switch language {
    case .english: return english
    case .portuguese: return portuguese
    }
  }

  private static let english = Translator([])
  private static let portuguese = Translator(Portuguese.catalogue)

  /// By the English.
  private let sentences: [String: Sentence]

  init(_ catalogue: [CatalogueEntry]) {
    sentences = Dictionary(catalogue.map { ($0.english, Sentence($0.translation)) }) { first, _ in first }
  }

  /// `message` in the translator's language.
  public func translate(_ message: Message) -> String {
    guard !sentences.isEmpty else { return message.plain }
    var rest = message.clauses[...]
    var out = ""
    while let first = rest.first {
      // `+` may have put one sentence together.
      let joined = rest.indices.reversed().lazy.map { (rest[...$0].dropFirst().reduce(first, +), $0) }
        .first { self.sentences[$0.0.key] != nil }
      out += clause(joined?.0 ?? first)
      rest = rest[((joined?.1 ?? rest.startIndex) + 1)...]
    }
    return out
  }

  private func clause(_ clause: Message.Clause) -> String {
    guard let sentence = sentences[clause.key] else { return clause.text(argument) }
    return sentence.filled(with: clause.arguments.map(argument))
  }

  private func argument(_ argument: Message.Argument) -> String {
    switch argument {
    case .value(let text): DecimalComma.text(text) ?? ForeignWords.plain(text)
    case .foreign(let words): words
    case .message(let message): translate(message)
    }
  }
}
