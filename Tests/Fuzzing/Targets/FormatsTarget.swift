import Formats
import JSONStream

/// Results in other formats: whatever the bytes and however they are cut, what comes out is one array of objects.
enum FormatsTarget: FuzzTarget {
  static let name = "formats"

  /// The first byte chooses the format, the second how the rest is cut.
  static let seeds = [
    "\u{0}\u{1}{\"a\":1.10}\n { \"b\" : [ ] }\r\n\n", "\u{1}\u{2}a,b\n1,2\r\n\"x\"\"\ny\",\"\"\n",
    "\u{2}\u{3}a;b\n\"é\";\u{1}\n", "\u{3}\u{9}a\nxy\n",
    "\u{4}\u{5}{\"type\":\"RECORD\",\"stream\":\"a\",\"record\":{\"id\":1}}\n{\"type\":\"STATE\",\"value\":{}}\n",
    "\u{5}\u{1}{\"record\":{},\"stream\":\"a\",\"type\":\"RECORD\"}",
  ]

  static let words = [
    "{\"", "\"}", "\":", "\r\n", "\n\n", "\"\"", "\",\"", "\u{FEFF}", "\"type\":", "\"RECORD\"",
    "\"record\":{",
    "\"stream\":\"a\"", "\\u0074ype", "\\\\", "\u{0}", "é", "€", "\u{1F600}",
  ]

  private static let formats: [ResultFormat] = {
    var semicolons = ResultFormat(.csv)
    semicolons.delimiter = UInt8(ascii: ";")
    semicolons.encoding = .windows1252
    var latin1 = ResultFormat(.csv)
    latin1.encoding = .latin1
    var stream = ResultFormat(.singer)
    stream.streams = ["a"]
    return [ResultFormat(.lines), ResultFormat(.csv), semicolons, latin1, ResultFormat(.singer), stream]
  }()

  static func take(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 2 else { return }
    let format = formats[Int(bytes[0]) % formats.count]
    let rest = Array(bytes.dropFirst(2))
    let whole = convert(rest, format, by: max(1, rest.count))
    require(convert(rest, format, by: Int(bytes[1] % 16) + 1) == whole, "the same however it is cut")
    guard case .success(let array) = whole else { return }
    array.withUnsafeBytes { array in
      require((try? JSONScanner.validate(array)) == .array, "what comes out is an array")
      var reader = JSONArrayReader(array)
      do throws(JSONError) {
        while let element = try reader.next() { require(element.value.kind == .object, "of objects") }
      } catch { require(false, "its elements are read: \(error)") }
    }
  }

  private static func convert(_ bytes: [UInt8], _ format: ResultFormat, by size: Int)
    -> Result<[UInt8], ConversionFailure>
  {
    var out: [UInt8] = []
    do throws(ConversionFailure) {
      guard
        var conversion = Conversion(
          format,
          take: {
            out += $0
            return true
          })
      else { return .success([]) }
      var at = 0
      while at < bytes.count {
        let end = min(bytes.count, at + size)
        try Array(bytes[at..<end]).withUnsafeBufferPointer { piece throws(ConversionFailure) in
          try conversion.push(UnsafeRawBufferPointer(piece))
        }
        at = end
      }
      try conversion.finish()
      return .success(out)
    } catch { return .failure(error) }
  }
}
