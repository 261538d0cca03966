import JSONStream
import Testing

@testable import Formats

@Suite("Conversions agree with a plain reference", .timeLimit(.minutes(2)))
struct PropertyTests {
  /// SplitMix64.
  struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static func pieces(_ bytes: [UInt8], _ chance: inout Chance) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var at = 0
    while at < bytes.count {
      let end = min(bytes.count, at + Int.random(in: 0...12, using: &chance))
      pieces.append(bytes[at..<end])
      at = end
    }
    return pieces
  }

  @Test("tables written as CSV are read back, however they are written and cut", arguments: 0..<400)
  func tables(seed: Int) {
    var chance = Chance(state: UInt64(seed))
    let letters: [Character] = [
      "a", "b", ",", ";", "\"", "\n", "\r", "\\", "é", "€", "\u{1F600}", "\t", "\u{1}", " ",
    ]
    func field() -> String {
      String((0..<Int.random(in: 0...5, using: &chance)).map { _ in letters.randomElement(using: &chance)! })
    }
    let width = Int.random(in: 1...4, using: &chance)
    let header = (0..<width).map { "n\($0)" + field() }
    let rows = (0..<Int.random(in: 0...6, using: &chance)).map { _ in (0..<width).map { _ in field() } }
    let delimiter: Character = Bool.random(using: &chance) ? "," : ";"
    func written(_ field: String) -> String {
      let marks = Array("\"\r\n\(delimiter)".unicodeScalars)
      let mustQuote = field.unicodeScalars.contains { marks.contains($0) }
      guard mustQuote || Bool.random(using: &chance) else { return field }
      return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
    var text = ""
    for (index, row) in ([header] + rows).enumerated() {
      text += row.map(written).joined(separator: String(delimiter))
      // Without the last line end a last empty field of one column would not be there.
      if index < rows.count || row == [""] || Bool.random(using: &chance) {
        text += Bool.random(using: &chance) ? "\n" : "\r\n"
      }
    }
    let expected =
      "["
      + rows.map { row in
        "{" + zip(header, row).map { "\(quoted($0)):\(quoted($1))" }.joined(separator: ",") + "}"
      }.joined(separator: ",") + "]"
    let format = ResultFormat.csv(delimiter: delimiter)
    #expect(format.convert(pieces: Self.pieces(Array(text.utf8), &chance)) == .array(expected), "\(text)")
  }

  /// As SOURCES 4 writes a text.
  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{8}": out += "\\b"
      case "\u{C}": out += "\\f"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case ..<" ": out += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  @Test("lines are taken or refused as the scanner of whole texts judges them", arguments: 0..<400)
  func lines(seed: Int) {
    var chance = Chance(state: UInt64(seed) &+ 7)
    let words = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "1", "-0.5e+3", "0", "true", "false", "null", "\"\\u00e9é\"",
      " ", "\r",
      "{}", "{\"k\":1}", "\"", "\\", "-", "1.", "\u{1F600}", "tru",
    ]
    var text: [String] = []
    for _ in 0..<Int.random(in: 1...4, using: &chance) {
      // Mostly right, so that something is accepted.
      if Int.random(in: 0...2, using: &chance) > 0 {
        text.append("{\"k\":\(["1", "[1,{}]", "\"é\\n\"", "{\"x\":null}"].randomElement(using: &chance)!)}")
      } else {
        text.append(
          (0..<Int.random(in: 0...6, using: &chance)).map { _ in words.randomElement(using: &chance)! }
            .joined())
      }
    }
    let bytes = Array(text.joined(separator: "\n").utf8)
    let records = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).compactMap {
      line -> String? in
      let trimmed = String(decoding: line, as: UTF8.self).trimming()
      return trimmed.isEmpty ? nil : trimmed
    }
    let areObjects = records.allSatisfy { record in
      Array(record.utf8).withUnsafeBytes { (try? JSONScanner.validate($0)) == .object }
    }
    let converted = ResultFormat(.lines).convert(pieces: Self.pieces(bytes, &chance))
    if areObjects {
      #expect(converted == .array("[" + records.joined(separator: ",") + "]"))
    } else if case .array(let array) = converted {
      Issue.record("\(text) became \(array)")
    }
  }

  @Test(
    "the scanner of pieces finds what the scanner of whole texts finds, at the same place",
    arguments: 0..<2000)
  func scanners(seed: Int) {
    var chance = Chance(state: UInt64(seed) &+ 99)
    let words: [[UInt8]] =
      [
        "{", "}", "[", "]", ",", ":", "\"a\"", "12", "-0.5e+3", "0", "true", "null", "\"\\u00e9é\"", " ",
        "\n", "\"k\":",
        "\"", "\\", "-", "1.", "e", "tru", "0123456789", "\"0123456789abcdef\"", "\u{1}",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]
    var bytes: [UInt8] = Array("{\"a\":[".utf8)
    for _ in 0..<Int.random(in: 0...8, using: &chance) { bytes += words.randomElement(using: &chance)! }
    bytes += Array("]}".utf8)
    var failure: JSONError?
    do throws(JSONError) {
      try bytes.withUnsafeBufferPointer { raw throws(JSONError) in
        _ = try JSONScanner.validate(UnsafeRawBufferPointer(raw))
      }
    } catch { failure = error }
    for size in [1, 3, bytes.count] {
      #expect(pushed(bytes, size) == failure, "\(String(decoding: bytes, as: UTF8.self)) by \(size)")
    }
  }

  private func pushed(_ bytes: [UInt8], _ size: Int) -> JSONError? {
    var scanner = JSONPushScanner()
    scanner.begin(depth: 0)
    var at = 0
    do throws(JSONError) {
      while at < bytes.count, !scanner.isDone {
        let end = min(bytes.count, at + size)
        let piece = Array(bytes[at..<end])
        at += try piece.withUnsafeBufferPointer { raw throws(JSONError) in
          try scanner.push(UnsafeRawBufferPointer(raw), 0..<raw.count, offset: at)
        }
      }
      if !scanner.isDone { return JSONError(.unexpectedEnd, at: bytes.count) }
      let rest = bytes[at...].firstIndex { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
      return rest.map { JSONError(.trailingContent, at: $0) }
    } catch { return error }
  }
}

extension String {
  fileprivate func trimming() -> String {
    let white: Set<Unicode.Scalar> = [" ", "\t", "\r"]
    var scalars = unicodeScalars[...]
    while let first = scalars.first, white.contains(first) { scalars.removeFirst() }
    while let last = scalars.last, white.contains(last) { scalars.removeLast() }
    return String(scalars)
  }
}
