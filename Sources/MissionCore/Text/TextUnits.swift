/// A text as a reader of any of the usual encodings may take it: at each place the byte that stands there, and what an
/// escape that begins there means (`%2F`, `\u002f`, `&#47;`, `+`).
///
/// Encodings may lie inside each other in any order (`%252F`, `\u0026sol;`) and change from one character to the next:
/// what begins an escape, and each of its digits, may be written by an escape itself. So nothing has to be known of
/// how a server writes what it repeats.
struct TextUnits {
  /// Some bytes of a text's meaning, and where what writes them ends.
  struct Unit: Equatable {
    /// The first byte lowest.
    let packed: UInt32
    let count: Int
    let end: Int

    init(byte: UInt8, end: Int) { (packed, count, self.end) = (UInt32(byte), 1, end) }

    init(_ scalar: Unicode.Scalar, end: Int) {
      let bytes = Array(String(scalar).utf8)
      packed = bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
      (count, self.end) = (bytes.count, end)
    }

    func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: packed >> (8 * UInt32(index))) }

    /// The byte, when it is only one.
    var single: UInt8? { count == 1 ? byte(0) : nil }
  }

  let bytes: [UInt8]
  /// What escapes that begin at a place mean; most places have none.
  private var escapes: [Int: [Unit]] = [:]

  /// Meanings kept of one place: more nested escapes than anybody writes, and hostile text is read in bounded time.
  private static let mostMeanings = 12

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // From the end, so that what stands behind a place is known when it is read.
    for place in bytes.indices.reversed() where Self.beginsEscape(bytes[place]) { read(place) }
  }

  private static func beginsEscape(_ byte: UInt8) -> Bool { "%\\&+='\"".utf8.contains(byte) }

  /// Everything that may be read at a place, the byte itself first.
  func units(at place: Int) -> [Unit] {
    guard place < bytes.count else { return [] }
    let plain = Unit(byte: bytes[place], end: place + 1)
    guard let more = escapes[place] else { return [plain] }
    return [plain] + more
  }

  /// Whether something else than the byte itself may be read at a place.
  func isEscape(_ place: Int) -> Bool { Self.beginsEscape(bytes[place]) && escapes[place] != nil }

  /// What remains when every escape is read as deeply as it goes, and where each byte of it stands in the text; as far
  /// as it matters to base 64, of which `+` and `=` are letters.
  var decoded: (bytes: [UInt8], places: [Range<Int>]) {
    var out: [UInt8] = []
    var places: [Range<Int>] = []
    var at = 0
    while at < bytes.count {
      let escape = bytes[at] == UInt8(ascii: "=") ? nil : escapes[at]
      let unit =
        escape?.last { $0.end > at + 1 && $0.single != UInt8(ascii: " ") }
        ?? Unit(byte: bytes[at], end: at + 1)
      for index in 0..<unit.count {
        out.append(unit.byte(index))
        places.append(at..<unit.end)
      }
      at = unit.end
    }
    return (out, places)
  }

  private mutating func read(_ place: Int) {
    var found = [Unit(byte: bytes[place], end: place + 1)]
    var next = 0
    // What an escape means may begin another one: `%25` is a percent sign.
    while next < found.count, found.count < Self.mostMeanings {
      let unit = found[next]
      next += 1
      guard let byte = unit.single else { continue }
      for meaning in meanings(of: byte, end: unit.end).prefix(Self.mostMeanings)
      where !found.contains(meaning) {
        found.append(meaning)
      }
    }
    if found.count > 1 { escapes[place] = Array(found.dropFirst().prefix(Self.mostMeanings)) }
  }
}
