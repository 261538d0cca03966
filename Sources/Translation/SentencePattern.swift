/// A sentence with places, ready to be recognized in a text.
struct SentencePattern: Sendable {
  /// What stands before, between and behind the places; one more than there are places.
  private let pieces: [[UInt8]]
  /// The translation's own pieces, and which place stands behind each of them.
  private let translated: [Piece]
  /// Bytes of its own text: the more, the less likely it fits by chance.
  let weight: Int
  private let isAddition: Bool

  init(_ entry: CatalogueEntry) {
    pieces = Self.pieces(of: entry.english)
    translated = Self.parse(entry.translation)
    let own = pieces.reduce(0) { $0 + $1.count }
    // What goes on behind a comma (`{}, got {}`) is taken off before the short sentences are looked at, whose last
    // place would take it in: `{} must be {}`.
    isAddition = entry.english.hasPrefix("{}, ")
    weight = own + (isAddition ? 6 : 0)
  }

  /// What stands in the places, or nil when the text is another sentence.
  func match(_ text: [UInt8]) -> [String]? {
    guard text.count >= (isAddition ? weight - 6 : weight), let first = pieces.first, let last = pieces.last,
      text.starts(with: first),
      text.suffix(last.count).elementsEqual(last)
    else { return nil }
    var found: [String] = []
    var at = first.count
    let end = text.count - last.count
    for piece in pieces.dropFirst().dropLast() {
      guard let next = Self.find(piece, in: text, from: at, to: end) else { return nil }
      found.append(String(decoding: text[at..<next], as: UTF8.self))
      at = next + piece.count
    }
    guard at <= end else { return nil }
    found.append(String(decoding: text[at..<end], as: UTF8.self))
    return found
  }

  func filled(with values: [String]) -> String {
    translated.reduce(into: "") { out, part in
      out += part.text
      guard let place = part.place, values.indices.contains(place) else { return }
      out += part.isDay ? Self.day(values[place]) : values[place]
    }
  }

  private struct Piece: Sendable {
    let text: String
    var place: Int?
    var isDay = false
  }

  /// `31/01/2025` for `2025-01-31`; anything else as it is.
  static func day(_ text: String) -> String {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.joined().utf8.allSatisfy({ (48...57).contains($0) })
    else { return text }
    return parts.reversed().joined(separator: "/")
  }

  private static func pieces(of text: String) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = Array(text.utf8)
    while let place = find(Array("{}".utf8), in: rest, from: 0, to: rest.count) {
      pieces.append(Array(rest[..<place]))
      rest.removeFirst(place + 2)
    }
    return pieces + [rest]
  }

  /// Where `piece` begins between two places of `text`.
  static func find(_ piece: [UInt8], in text: [UInt8], from start: Int, to end: Int) -> Int? {
    guard end - start >= piece.count else { return nil }
    return (start...(end - piece.count)).first { text[$0..<$0 + piece.count].elementsEqual(piece) }
  }

  /// `{}` takes the places in their order, `{2}` the one that it names, `{day}` the next one, which holds a day.
  private static func parse(_ text: String) -> [Piece] {
    var parts: [Piece] = []
    var next = 0
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let inside = rest[rest.index(after: open)..<close]
      let number = Int(inside)
      guard number != nil || inside.isEmpty || inside == "day" else {
        // Braces of the text itself: {file: PATH}.
        parts.append(Piece(text: String(rest[...open])))
        rest = rest[rest.index(after: open)...]
        continue
      }
      parts.append(
        Piece(text: String(rest[..<open]), place: number.map { $0 - 1 } ?? next, isDay: inside == "day"))
      next += 1
      rest = rest[rest.index(after: close)...]
    }
    return parts + [Piece(text: String(rest))]
  }
}
