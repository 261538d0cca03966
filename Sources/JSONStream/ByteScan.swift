/// Looks at eight bytes at once: how strings are crossed without looking at each byte.
enum ByteScan {
  @inline(__always)
  private static func spread(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The high bit of each byte that is zero. Bytes above the first such byte may be marked wrongly (the
  /// subtraction borrows), so only the lowest mark counts.
  @inline(__always)
  private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- spread(1)) & ~word & spread(0x80) }

  /// Marks quotes, backslashes, control characters and everything beyond ASCII; only the lowest mark counts.
  @inline(__always)
  static func specials(_ word: UInt64) -> UInt64 {
    let quotes = zeroBytes(word ^ spread(0x22))
    let backslashes = zeroBytes(word ^ spread(0x5C))
    let controls = (word &- spread(0x20)) & ~word & spread(0x80)
    return quotes | backslashes | controls | (word & spread(0x80))
  }

  /// Marks quotes and backslashes; only the lowest mark counts.
  @inline(__always)
  static func quotesAndBackslashes(_ word: UInt64) -> UInt64 {
    zeroBytes(word ^ spread(0x22)) | zeroBytes(word ^ spread(0x5C))
  }

  /// Eight bytes from `offset`, the first of them lowest.
  @inline(__always)
  static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Length of the UTF-8 sequence that begins at `offset` with a byte beyond ASCII; 0 when it is not one
  /// (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
  @inline(__always)
  static func sequenceLength(_ base: UnsafePointer<UInt8>, _ offset: Int, _ end: Int) -> Int {
    let first = base[offset]
    let room = end &- offset
    guard room >= 2 else { return 0 }
    let second = base[offset &+ 1]
    if first < 0xE0 { return first >= 0xC2 && second & 0xC0 == 0x80 ? 2 : 0 }
    guard room >= 3, base[offset &+ 2] & 0xC0 == 0x80 else { return 0 }
    if first < 0xF0 {
      let low: UInt8 = first == 0xE0 ? 0xA0 : 0x80
      let high: UInt8 = first == 0xED ? 0x9F : 0xBF
      return second >= low && second <= high ? 3 : 0
    }
    guard room >= 4, first <= 0xF4, base[offset &+ 3] & 0xC0 == 0x80 else { return 0 }
    let low: UInt8 = first == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = first == 0xF4 ? 0x8F : 0xBF
    return second >= low && second <= high ? 4 : 0
  }
}
