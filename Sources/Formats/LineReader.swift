import Glibc
import JSONStream
import MissionCore

/// Cuts a result into its lines, for what has one value a line.
struct LineReader {
  /// A line, or what of it stands in one piece of the result; without its line feed.
  struct Part {
    let range: Range<Int>
    let endsLine: Bool
  }

  /// From 1.
  private(set) var number = 1

  /// The next part from `at` on, which moves behind it; nil at the end of the piece.
  @inline(__always)
  func part(of bytes: UnsafeRawBufferPointer, from at: inout Int) -> Part? {
    guard at < bytes.count, let base = bytes.baseAddress else { return nil }
    let start = at
    if let feed = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start) {
      let end = base.distance(to: UnsafeRawPointer(feed))
      at = end + 1
      return Part(range: start..<end, endsLine: true)
    }
    at = bytes.count
    return Part(range: start..<bytes.count, endsLine: false)
  }

  mutating func endLine() { number += 1 }

  static func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// The first place in `range` that is no white space.
  static func crossWhite(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var at = range.lowerBound
    while at < range.upperBound, isWhite(bytes[at]) { at += 1 }
    return at
  }

  func failure(_ what: Message) -> ConversionFailure { .format(FormatError(what, at: "line \(number)")) }

  func failure(_ error: JSONError) -> ConversionFailure { failure(error.message) }

  func failure(_ problem: JSONError.Problem, at offset: Int) -> ConversionFailure {
    failure(JSONError(problem, at: offset))
  }
}
