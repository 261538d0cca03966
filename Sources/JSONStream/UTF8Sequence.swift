/// Checks UTF-8 (RFC 3629) one byte at a time: no overlong forms, no surrogates, nothing above U+10FFFF.
package struct UTF8Sequence {
  /// Bytes of the character that are still to come.
  package private(set) var left: UInt8 = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  package init() {}

  package var isOpen: Bool { left > 0 }

  /// Takes a byte beyond ASCII, or any while a character is open; false when it cannot stand there.
  @inline(__always)
  package mutating func take(_ byte: UInt8) -> Bool {
    if left > 0 {
      guard byte >= low, byte <= high else { return false }
      left &-= 1
      low = 0x80
      high = 0xBF
      return true
    }
    switch byte {
    case 0xC2...0xDF: left = 1
    case 0xE0...0xEF:
      left = 2
      if byte == 0xE0 { low = 0xA0 }
      if byte == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      left = 3
      if byte == 0xF0 { low = 0x90 }
      if byte == 0xF4 { high = 0x8F }
    default: return false
    }
    return true
  }
}
