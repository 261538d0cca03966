@testable import JSONStream

/// The scanner, the array reader and the layout agree with each other, and the layout changes no token.
enum JSONTarget: FuzzTarget {
  static let name = "json"

  static let seeds = [
    "[{\"id\":\"1\",\"a\":[1,2.50,-0,1e5,{}],\"b\":{\"c\":null}},true,false,\"\\u00e9\\\"\\\\\"]",
    "{\"status\":\"completed\",\"ads_count\":2,\"data\":[{\"id\":1},{\"\\u0069d\":\"x\"}]}", " [ ] ", "{}",
    "\"\\ud83d\\ude00 \u{1F600} é\"", "[[[[[[[[1]]]]]]]]", "-12.5E+3", "{\"a\":1,\"a\":2}",
  ]

  static let words = [
    "null", "true", "false", "[]", "{}", "\\u0000", "\\ud800", "\\udc00", "\"id\":", "1e400", "-0.0", ",",
    ":", "\"\"", "\u{FEFF}", "\u{1F600}", "[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]", "\"12345678\\n\"",
  ]

  static func take(_ bytes: UnsafeRawBufferPointer) {
    let kind: JSONKind
    do throws(JSONError) { kind = try JSONScanner.validate(bytes) } catch {
      require((0...bytes.count).contains(error.offset), "the place is in the text")
      require(count(bytes) == nil, "what the scanner refuses is no array")
      let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
      require(hasMark || (try? JSONScanner.members(of: bytes)) == nil, "nor an object")
      return
    }
    require(String(validating: bytes, as: UTF8.self) != nil, "what is accepted is UTF-8")
    checkLayout(bytes)
    if kind == .array { require(count(bytes) != nil, "an accepted array is read to its end") }
    if kind == .object { checkMembers(bytes) }
  }

  private static func checkLayout(_ bytes: UnsafeRawBufferPointer) {
    let layout = JSONLayout.bytes(of: bytes)
    require(compact(layout[...]) == compact(Array(bytes)[...]), "every token is unchanged")
    layout.withUnsafeBytes { again in
      require((try? JSONScanner.validate(again)) != nil, "the layout is JSON")
      require(JSONLayout.bytes(of: again) == layout, "the layout of the layout is itself")
    }
    var pieces = JSONLayout(bytes)
    var joined: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 7)
    while true {
      let filled = piece.withUnsafeMutableBytes { pieces.fill($0) }
      joined += piece[..<filled]
      if filled < piece.count { break }
    }
    require(joined == layout, "the same in small pieces")
  }

  private static func checkMembers(_ bytes: UnsafeRawBufferPointer) {
    do throws(JSONError) {
      for member in try JSONScanner.members(of: bytes) {
        let value = UnsafeRawBufferPointer(rebasing: bytes[member.value.range])
        require((try? JSONScanner.validate(value)) == member.value.kind, "a member's range is its value")
        if member.value.kind == .array {
          require(count(value) == member.count, "the count is that of the elements")
        }
        if member.value.kind == .string { _ = JSONText.string(bytes, member.value.range) }
        if member.value.kind == .number { _ = JSONText.integer(bytes, member.value.range) }
      }
    } catch {
      require(error.problem == .tooManyMembers, "an accepted object has members: \(error)")
    }
  }

  /// Elements of an array, each checked; nil when the reader refuses it.
  static func count(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var reader = JSONArrayReader(bytes)
    var count = 0
    do throws(JSONError) {
      while let element = try reader.next() {
        let value = UnsafeRawBufferPointer(rebasing: bytes[element.value.range])
        require((try? JSONScanner.validate(value)) == element.value.kind, "an element's range is its value")
        count += 1
      }
      return count
    } catch { return nil }
  }

  /// Without the white space between tokens.
  private static func compact(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var isInside = false
    var isEscaped = false
    for byte in bytes {
      if !isInside, byte <= 0x20 { continue }
      out.append(byte)
      if isEscaped {
        isEscaped = false
      } else if isInside, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInside.toggle()
      }
    }
    return out
  }
}
