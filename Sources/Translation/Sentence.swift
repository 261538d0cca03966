/// A sentence of a catalogue with places for arguments.
struct Sentence: Sendable {
  /// Its own texts, and which argument stands behind each of them.
  private let pieces: [Piece]

  init(_ text: String) { pieces = Self.parse(text) }

  func filled(with values: [String]) -> String {
    pieces.reduce(into: "") { out, part in
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
