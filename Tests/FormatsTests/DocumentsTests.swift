import Testing

@testable import Formats

@Suite("JSON documents in several files become one array", .timeLimit(.minutes(1)))
struct DocumentsTests {
  private func convert(_ files: [String], _ format: ResultFormat = ResultFormat(), by size: Int) -> Converted
  {
    final class Taken { var bytes: [UInt8] = [] }
    let taken = Taken()
    do throws(ConversionFailure) {
      guard
        var conversion = Conversion(
          format, joinsDocuments: true,
          take: {
            taken.bytes += $0
            return true
          })
      else { return .refused("no conversion") }
      for file in files {
        try conversion.beginFile()
        let bytes = Array(file.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
          try Array(bytes[start..<min(bytes.count, start + size)]).withUnsafeBufferPointer {
            piece throws(ConversionFailure) in try conversion.push(UnsafeRawBufferPointer(piece))
          }
        }
      }
      try conversion.finish()
      return .array(String(decoding: taken.bytes, as: UTF8.self))
    } catch {
      guard case .format(let wrong) = error else { return .refused("not taken") }
      return .refused(wrong.description)
    }
  }

  @Test("arrays and single objects, each record as it is", arguments: [1, 2, 7, 100])
  func documents(size: Int) {
    let files = ["\u{FEFF}[ {\"a\": 1.0} , {}\n]\n", "{\"b\":[]}", " [ ] "]
    #expect(convert(files, by: size) == .array("[{\"a\": 1.0},{},{\"b\":[]}]"))
    #expect(convert([], by: size) == .refused("unexpected end at byte 0"))
    #expect(convert(["[{}]", ""], by: size) == .refused("unexpected end at byte 0"))
    #expect(convert(["[{}, 1]"], by: size) == .refused("record 1 at byte 5 is not an object"))
    #expect(convert(["[{}]]"], by: size) == .refused("content after the end at byte 4"))
    #expect(convert(["[{} {}]"], by: size) == .refused("unexpected character at byte 4"))
    #expect(convert(["[{},]"], by: size) == .refused("record 1 at byte 4 is not an object"))
    #expect(convert(["5"], by: size) == .refused("it is neither an array nor an object"))
  }

  @Test("each CSV file has a header of its own", arguments: [1, 3, 100])
  func tables(size: Int) {
    #expect(
      convert(["a,b\n1,2\n", "\u{FEFF}b\n3"], .csv(), by: size)
        == .array("[{\"a\":\"1\",\"b\":\"2\"},{\"b\":\"3\"}]"))
    #expect(
      convert(["a\n1", ""], .csv(), by: size)
        == .refused("the file is empty, not even a header is there"))
    #expect(convert(["{}\n", "", "{\"x\":1}"], ResultFormat(.lines), by: size) == .array("[{},{\"x\":1}]"))
  }
}
