/// A mission's identity: a version 8 UUID (RFC 9562) taken from its content (SPEC 2).
public struct MissionID: Hashable, Comparable, Sendable {
  /// The first eight bytes, big-endian; shards are chosen by it.
  public let high: UInt64
  public let low: UInt64

  /// From the SHA-256 of `MissionParameters.canonicalLine()`; only its first 16 bytes count, and they must be there.
  /// Takes an array because importing a million missions calls it a million times from another module.
  public init(digest: [UInt8]) {
    var high: UInt64 = 0
    var low: UInt64 = 0
    for index in 0..<8 {
      high = high << 8 | UInt64(digest[index])
      low = low << 8 | UInt64(digest[index + 8])
    }
    self.high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x8000
    self.low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
  }

  /// An id as the journal stores it: the 16 bytes unchanged.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The 36-character text form, in either case; nil for anything else.
  public init?(_ text: some StringProtocol) {
    var nibbles: [UInt64] = []
    nibbles.reserveCapacity(32)
    for (index, byte) in text.utf8.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard nibbles.count < 32, let value = Self.nibble(byte) else { return nil }
      nibbles.append(value)
    }
    guard nibbles.count == 32, text.utf8.count == 36 else { return nil }
    high = nibbles[..<16].reduce(0) { $0 << 4 | $1 }
    low = nibbles[16...].reduce(0) { $0 << 4 | $1 }
  }

  /// Whether `--shard index/count` takes this mission (SPEC 4).
  public func belongs(toShard index: UInt64, of count: UInt64) -> Bool { high % count == index }

  /// What the spool calls the bytes of the mission's second look while those of the first are there; of that, the
  /// mission's own. No mission that anybody has heard of has such an id.
  package var otherLook: MissionID { MissionID(high: high, low: low ^ 0x0000_5EC0_DA00_0000) }

  public static func < (left: MissionID, right: MissionID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// The 16 bytes in order.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { out, count in
      for index in 0..<8 {
        out[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
        out[index + 8] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
      }
      count = 16
    }
  }

  private static func nibble(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 48...57: return UInt64(byte - 48)
    case 97...102: return UInt64(byte - 87)
    case 65...70: return UInt64(byte - 55)
    default: return nil
    }
  }
}

extension MissionID: CustomStringConvertible {
  /// Lower-case UUID text.
  public var description: String {
    String(unsafeUninitializedCapacity: 36) { out in
      var at = 0
      for index in 0..<16 {
        if index == 4 || index == 6 || index == 8 || index == 10 {
          out[at] = UInt8(ascii: "-")
          at += 1
        }
        let half = index < 8 ? high : low
        let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index % 8)))
        for digit in [byte >> 4, byte & 15] {
          out[at] = digit < 10 ? 48 + digit : 87 + digit
          at += 1
        }
      }
      return 36
    }
  }
}
