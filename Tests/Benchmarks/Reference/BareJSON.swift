/// The least that can be done with a result: a scan that knows strings and depth. It checks nothing.
struct BareJSON {
  let bytes: UnsafeRawBufferPointer

  /// An ad as places in the bytes; without a usable id, `id` is nil.
  struct Ad {
    let place: Range<Int>
    let id: Range<Int>?
  }

  /// The array `data`, brackets included: from the first `"data":` to the last bracket.
  func data() throws(BenchmarkFailure) -> Range<Int> {
    let key = Array("\"data\":".utf8)
    guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: key) }) else {
      throw BenchmarkFailure("a result without data")
    }
    let first = start + key.count
    var end = bytes.count
    while end > first, bytes[end - 1] != UInt8(ascii: "]") { end -= 1 }
    return first..<end
  }

  /// Every element of the array, which are objects.
  func ads(in array: Range<Int>, _ take: (Ad) throws(BenchmarkFailure) -> Void) throws(BenchmarkFailure) {
    var depth = 0
    var start = 0
    var id: Range<Int>?
    var index = array.lowerBound + 1
    while index < array.upperBound - 1 {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        let end = stringEnd(index)
        if depth == 1, id == nil, isID(index..<end) { id = value(after: end + 1) }
        index = end
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 0 { (start, id) = (index, nil) }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { try take(Ad(place: start..<index + 1, id: id)) }
      default: break
      }
      index += 1
    }
  }

  /// After the closing quote of the string that begins at `start`.
  @inline(__always)
  func stringEnd(_ start: Int) -> Int {
    var index = start + 1
    while bytes[index] != UInt8(ascii: "\"") { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return index + 1
  }

  private func isID(_ place: Range<Int>) -> Bool {
    place.count == 4 && bytes[place.lowerBound + 1] == UInt8(ascii: "i")
      && bytes[place.lowerBound + 2] == UInt8(ascii: "d") && bytes[place.upperBound] == UInt8(ascii: ":")
  }

  /// The text of a string without its quotes, or a number; nil for anything else and for an empty string.
  private func value(after start: Int) -> Range<Int>? {
    if bytes[start] == UInt8(ascii: "\"") {
      let inside = start + 1..<stringEnd(start) - 1
      return inside.isEmpty ? nil : inside
    }
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[start]) else { return nil }
    var end = start
    while bytes[end] != UInt8(ascii: ","), bytes[end] != UInt8(ascii: "}") { end += 1 }
    return start..<end
  }
}
