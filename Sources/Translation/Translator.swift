import MissionCore

/// Says in another language what the program says in English.
///
/// Texts arise in every layer, in English, and only the outermost layer, which shows them to a person, hands them to a
/// translator. A `Message` tells its keys and arguments, wherever it was kept meanwhile. A text that is finished already
/// is recognized by its form (`no such mission file: {}`), and what stands in its places is translated as well. What the
/// catalogue does not know stays, and so do words of others (`ForeignWords`), also when they happen to be a sentence of
/// ours.
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

  /// All of the catalogue, by the English.
  private let keys: [String: SentencePattern]
  /// Sentences without places.
  private let sentences: [String: String]
  /// The most telling first: those with the most text of their own.
  private let patterns: [SentencePattern]

  init(_ catalogue: [CatalogueEntry]) {
    keys = Dictionary(catalogue.map { ($0.english, SentencePattern($0)) }) { first, _ in first }
    var sentences: [String: String] = [:]
    var patterns: [SentencePattern] = []
    for entry in catalogue {
      if entry.english.contains("{}") {
        patterns.append(SentencePattern(entry))
      } else {
        sentences[entry.english] = entry.translation
      }
      if entry.isPredicate { patterns.append(SentencePattern(entry.behindASubject)) }
    }
    self.sentences = sentences
    self.patterns = patterns.enumerated().sorted {
      ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset)
    }.map(\.element)
  }

  /// `message` in the translator's language, by its keys; a sentence that the catalogue does not have is read as a text.
  public func translate(_ message: Message) -> String {
    guard !keys.isEmpty else { return message.plain }
    var rest = message.clauses[...]
    var out = ""
    while let first = rest.first {
      // `+` may have put one sentence together.
      let joined = rest.indices.reversed().lazy.map { (rest[...$0].dropFirst().reduce(first, +), $0) }
        .first { self.keys[$0.0.key] != nil }
      out += joined.map { clause($0.0) } ?? clause(first)
      rest = rest[((joined?.1 ?? rest.startIndex) + 1)...]
    }
    return out
  }

  private func clause(_ clause: Message.Clause) -> String {
    if let pattern = keys[clause.key] { return pattern.filled(with: clause.arguments.map(argument)) }
    let isSentence = clause.pieces.contains { $0.utf8.contains { (97...122).contains($0 | 0x20) } }
    return isSentence ? translate(clause.description) : clause.text(argument)
  }

  private func argument(_ argument: Message.Argument) -> String {
    switch argument {
    case .value(let text): DecimalComma.text(text) ?? ForeignWords.plain(text)
    case .said(let text): translate(text)
    case .foreign(let words): words
    case .message(let message): translate(message)
    }
  }

  /// `text` in the translator's language, line by line; what is not known stays as it is.
  public func translate(_ text: String) -> String {
    guard !sentences.isEmpty, !text.isEmpty else { return ForeignWords.plain(text) }
    return ForeignWords.mapped(text, ours: translate(ours:), foreign: { $0 })
  }

  private func translate(ours text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return argument(text) }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { argument(String($0)) }
      .joined(separator: "\n")
  }

  private func argument(_ text: String) -> String {
    var looks = Self.mostLooks
    return value(text, &looks)
  }

  /// What stands in a place: a sentence of its own, an amount, names, or anything.
  private func value(_ text: String, _ looks: inout Int) -> String {
    known(text, &looks) ?? DecimalComma.text(text) ?? WordList.text(text) ?? text
  }

  /// How often parts of one text are looked up: sentences of ours need a few, hostile text would never end.
  private static let mostLooks = 64

  /// Nil when nothing in the text is known.
  private func known(_ text: String, _ looks: inout Int) -> String? {
    guard looks > 0, !text.isEmpty else { return nil }
    looks -= 1
    if let sentence = sentences[text] ?? behindPlace(text, &looks) { return sentence }
    let bytes = Array(text.utf8)
    for pattern in patterns {
      guard let found = pattern.match(bytes) else { continue }
      var values: [String] = []
      for text in found { values.append(value(text, &looks)) }
      return pattern.filled(with: values)
    }
    return behindName(text, &looks) ?? clauses(text, &looks)
  }

  /// `config.yaml:12:5: …`: looked for first, or the place would be taken for the subject of the sentence.
  private func behindPlace(_ text: String, _ looks: inout Int) -> String? {
    guard let (name, rest) = Self.firstWord(text), name.utf8.last == UInt8(ascii: ":") else { return nil }
    return known(rest, &looks).map { "\(name) \($0)" }
  }

  /// `--limit …`, `ERROR401 …`: a name, then something known. A plain word is no name, and what begins with ours is
  /// a command to type.
  private func behindName(_ text: String, _ looks: inout Int) -> String? {
    guard let (name, rest) = Self.firstWord(text), name.utf8.last != UInt8(ascii: ":"),
      name != "mission-control", !name.utf8.allSatisfy({ (97...122).contains($0) })
    else { return nil }
    return known(rest, &looks).map { "\(name) \($0)" }
  }

  private static func firstWord(_ text: String) -> (name: Substring, rest: String)? {
    guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")), space > text.startIndex else { return nil }
    return (text[..<space], String(text[text.utf8.index(after: space)...]))
  }

  /// `cause: effect`, of which one side at least is known.
  private func clauses(_ text: String, _ looks: inout Int) -> String? {
    let bytes = Array(text.utf8)
    guard let colon = SentencePattern.find(Array(": ".utf8), in: bytes, from: 0, to: bytes.count) else {
      return nil
    }
    let cause = String(decoding: bytes[..<colon], as: UTF8.self)
    let effect = String(decoding: bytes[(colon + 2)...], as: UTF8.self)
    let (left, right) = (known(cause, &looks), known(effect, &looks))
    guard left != nil || right != nil else { return nil }
    return "\(left ?? cause): \(right ?? effect)"
  }
}
