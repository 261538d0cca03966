extension TimeZone {
  /// Reads a file of the system's time zone database (TZif, RFC 9636); nil when it is none.
  ///
  /// - Parameter name: what the database calls it.
  package init?(name: String, file bytes: [UInt8]) {
    var reader = ZoneFileReader(bytes)
    guard var header = reader.header() else { return nil }
    var width = 4
    if header.version >= UInt8(ascii: "2") {
      // The first part is for old programs, the second one has all.
      reader.skip(header.size(timeWidth: 4))
      guard let second = reader.header() else { return nil }
      header = second
      width = 8
    }
    guard header.types > 0, let times = reader.integers(header.times, width: width),
      let places = reader.integers(header.times, width: 1), let types = reader.types(header.types),
      places.allSatisfy({ (0..<Int64(types.count)).contains($0) })
    else { return nil }
    var rule: ZoneRule?
    if width == 8 {
      reader.skip(header.sizeBehindTypes(timeWidth: 8))
      guard let footer = reader.footer() else { return nil }
      if !footer.isEmpty {
        rule = ZoneRule(footer)
        if rule == nil { return nil }
      }
    }
    self.init(
      name: name, transitions: times, offsets: places.map { types[Int($0)] }, first: types[0], rule: rule)
  }
}

/// The parts of a time zone file, one behind the other.
private struct ZoneFileReader {
  struct Header {
    let version: UInt8
    let utFlags: Int
    let standardFlags: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    func sizeBehindTypes(timeWidth: Int) -> Int {
      characters + leaps * (timeWidth + 4) + standardFlags + utFlags
    }

    func size(timeWidth: Int) -> Int {
      times * (timeWidth + 1) + types * 6 + sizeBehindTypes(timeWidth: timeWidth)
    }
  }

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func skip(_ count: Int) { at = min(bytes.count, at + count) }

  mutating func header() -> Header? {
    guard bytes.count - at >= 44, bytes[at..<(at + 4)].elementsEqual("TZif".utf8) else { return nil }
    let version = bytes[at + 4]
    at += 20
    guard let counts = integers(6, width: 4), counts.allSatisfy({ (0...1_000_000).contains($0) }) else {
      return nil
    }
    return Header(
      version: version, utFlags: Int(counts[0]), standardFlags: Int(counts[1]), leaps: Int(counts[2]),
      times: Int(counts[3]), types: Int(counts[4]), characters: Int(counts[5]))
  }

  /// Big-endian; signed unless they are single bytes.
  mutating func integers(_ count: Int, width: Int) -> [Int64]? {
    guard bytes.count - at >= count * width else { return nil }
    defer { at += count * width }
    return (0..<count).map { index in
      let start = at + index * width
      let value = bytes[start..<(start + width)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
  }

  /// The offset of each kind of local time.
  mutating func types(_ count: Int) -> [Int32]? {
    guard bytes.count - at >= count * 6 else { return nil }
    return (0..<count).compactMap { _ in
      let offset = integers(1, width: 4)
      at += 2
      return offset.map { Int32(truncatingIfNeeded: $0[0]) }
    }
  }

  /// What stands between the last two line ends.
  func footer() -> String? {
    guard bytes.count - at >= 2, bytes[at] == UInt8(ascii: "\n"),
      let end = bytes[(at + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    return String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
  }
}
