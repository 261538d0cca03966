/// Replaces known secrets in words of others by `***` (SPEC 12), in whatever form a server or a library writes them:
/// plainly, as JSON, HTML, a form, a URL, base 64 or hexadecimal, one inside the other, changing in the middle.
///
/// The text is read as `TextUnits` and `EncodedRuns` have it and the secret is looked for in what it means; no form of
/// a secret is written down here. The cost grows with the text alone, but it is meant for messages, not for results.
public struct Redactor: Sendable {
  /// Secrets shorter than this are not masked inside text: `a` would blacken every word and be told by it.
  public static let shortestMasked = 4

  /// How often base 64 and hexadecimal may lie inside each other.
  private static let deepest = 2
  /// Readings of one place that are followed at the most; only a secret full of escapes has as many.
  private static let mostReadings = 4096

  private let secrets: Set<Secret>
  /// In order, so that those which begin alike stand beside each other.
  private let sorted: [[UInt8]]
  /// Which of them begin with each byte.
  private let beginnings: [Range<Int>]

  public static let none = Redactor(secrets: [])

  public init(secrets: [Secret]) {
    let long = Set(secrets.filter { $0.reveal().utf8.count >= Self.shortestMasked })
    self.secrets = long
    sorted = long.map { Array($0.reveal().utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    var beginnings = [Range<Int>](repeating: 0..<0, count: 256)
    for (index, secret) in sorted.enumerated() {
      let byte = Int(secret[0])
      beginnings[byte] = (beginnings[byte].isEmpty ? index : beginnings[byte].lowerBound)..<index + 1
    }
    self.beginnings = beginnings
  }

  /// Masks these as well: credentials that were read anew.
  public func adding(_ more: [Secret]) -> Redactor { Redactor(secrets: secrets + more) }

  /// Only those that no sentence of ours can hold: of eight bytes or more, with letters and digits in them.
  public var unmistakable: Redactor {
    let chosen = secrets.filter { secret in
      let bytes = secret.reveal().utf8
      return bytes.count >= 8 && bytes.contains { (48...57).contains($0) }
        && bytes.contains { (97...122).contains($0 | 0x20) }
    }
    return chosen.count == secrets.count ? self : Redactor(secrets: Array(chosen))
  }

  /// Secrets that overlap in the text become one `***`.
  public func mask(_ text: String) -> String {
    guard !secrets.isEmpty else { return text }
    let bytes = Array(text.utf8)
    let found = places(in: bytes, depth: 0).sorted {
      ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound)
    }
    guard !found.isEmpty else { return text }
    var out: [UInt8] = []
    var masked = 0
    for range in found {
      if range.lowerBound >= masked {
        out.append(contentsOf: bytes[masked..<range.lowerBound])
        out.append(contentsOf: "***".utf8)
      }
      masked = max(masked, range.upperBound)
    }
    out.append(contentsOf: bytes[masked...])
    return String(decoding: out, as: UTF8.self)
  }

  /// Where secrets stand, in any order.
  private func places(in bytes: [UInt8], depth: Int) -> [Range<Int>] {
    let units = TextUnits(bytes)
    var found = bytes.indices.compactMap { place in end(ofSecretAt: place, in: units).map { place..<$0 } }
    guard depth < Self.deepest else { return found }
    let decoded = units.decoded
    for (text, whereabouts) in [(bytes, nil), (decoded.bytes, decoded.places)] {
      // Nothing was escaped: it is the same text.
      if whereabouts != nil, text == bytes { continue }
      for run in EncodedRuns.all(in: text) {
        for range in places(in: run.bytes, depth: depth + 1) {
          let (first, last) = (run.places[range.lowerBound], run.places[range.upperBound - 1])
          guard let whereabouts else {
            found.append(first.lowerBound..<last.upperBound)
            continue
          }
          found.append(
            whereabouts[first.lowerBound].lowerBound..<whereabouts[last.upperBound - 1].upperBound)
        }
      }
    }
    return found
  }

  /// Some of the secrets, which are alike as far as they were read.
  private struct Reading {
    var place: Int
    var matched: Int
    var candidates: Range<Int>
  }

  /// Where the longest secret that begins at a place ends.
  private func end(ofSecretAt place: Int, in units: TextUnits) -> Int? {
    guard units.isEscape(place) || !beginnings[Int(units.bytes[place])].isEmpty else { return nil }
    var farthest: Int?
    var open = [Reading(place: place, matched: 0, candidates: sorted.indices)]
    var readings = 0
    while var reading = open.popLast(), readings < Self.mostReadings {
      readings += 1
      while !reading.candidates.isEmpty {
        // The shortest stands first.
        if sorted[reading.candidates.lowerBound].count == reading.matched {
          farthest = max(farthest ?? 0, reading.place)
        }
        guard reading.place < units.bytes.count else { break }
        guard !units.isEscape(reading.place) else {
          open += units.units(at: reading.place).map { read($0, after: reading) }.filter {
            !$0.candidates.isEmpty
          }
          break
        }
        read(units.bytes[reading.place], &reading)
        reading.place += 1
      }
    }
    return farthest
  }

  private func read(_ unit: TextUnits.Unit, after reading: Reading) -> Reading {
    var next = reading
    for index in 0..<unit.count { read(unit.byte(index), &next) }
    next.place = unit.end
    return next
  }

  /// Keeps the candidates that go on with this byte.
  private func read(_ byte: UInt8, _ reading: inout Reading) {
    let matched = reading.matched
    reading.matched += 1
    guard matched > 0 else {
      reading.candidates = beginnings[Int(byte)]
      return
    }
    func first(where isBehind: (UInt8) -> Bool) -> Int {
      var (low, high) = (reading.candidates.lowerBound, reading.candidates.upperBound)
      while low < high {
        let middle = (low + high) / 2
        // A secret that is read whole comes before those that go on.
        let isLater = sorted[middle].count > matched && isBehind(sorted[middle][matched])
        if isLater { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let start = first { $0 >= byte }
    reading.candidates = start..<max(start, first { $0 > byte })
  }
}
