import Crypto
import Glibc
import MissionCore

/// What stands before each result in a segment, so that a scan finds it again and knows it for whole.
///
/// 88 bytes, little-endian words: magic, generation, sequence, mission (two), size and attempt (the lower and the upper
/// half of one), SHA-256 (four, as they come), check. The data follow at once; the next record begins at the next multiple of eight.
struct RecordHeader: Hashable {
  static let byteCount = 88

  /// Drawn at random each time a segment begins anew. Bytes that are left from before do not have it, and no
  /// worker can have written it into its ads.
  let generation: UInt64
  /// Grows from record to record over all segments: of two records of a mission the later one counts.
  let sequence: UInt64
  let mission: MissionID
  /// Bytes of data.
  let size: Int
  /// Which start of the mission brought the data; 0 when that is not known.
  let attempt: Int
  /// Of the data, 32 bytes.
  let sha256: [UInt8]

  /// "MCSPOOL1" when read as bytes.
  private static let magic: UInt64 = 0x314C_4F4F_5053_434D
  private static let digestOffset = 48
  private static let checkOffset = 80

  /// Bytes that a record with so much data takes in a segment.
  static func recordSize(_ size: Int) -> Int { (byteCount + size + 7) & ~7 }

  init(generation: UInt64, sequence: UInt64, mission: MissionID, size: Int, attempt: Int, sha256: [UInt8]) {
    self.generation = generation
    self.sequence = sequence
    self.mission = mission
    self.size = size
    self.attempt = attempt
    self.sha256 = sha256
  }

  /// Nil when no header begins at `offset`.
  init?(reading bytes: UnsafeRawBufferPointer, at offset: Int) {
    guard offset >= 0, bytes.count - offset >= Self.byteCount else { return nil }
    let header = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + Self.byteCount])
    func word(_ index: Int) -> UInt64 {
      UInt64(littleEndian: header.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    guard word(0) == Self.magic, word(Self.checkOffset / 8) == Self.check(header) else { return nil }
    let size = Int(UInt32(truncatingIfNeeded: word(5)))
    guard size <= bytes.count - offset - Self.byteCount else { return nil }
    generation = word(1)
    sequence = word(2)
    mission = MissionID(high: word(3), low: word(4))
    self.size = size
    attempt = Int(word(5) >> 32)
    sha256 = Array(header[Self.digestOffset..<Self.checkOffset])
  }

  /// `out` has room for `byteCount` bytes.
  func write(to out: UnsafeMutableRawBufferPointer) {
    let sizeAndAttempt = UInt64(size) | UInt64(attempt) << 32
    let words = [Self.magic, generation, sequence, mission.high, mission.low, sizeAndAttempt]
    for (index, word) in words.enumerated() {
      out.storeBytes(of: word.littleEndian, toByteOffset: index * 8, as: UInt64.self)
    }
    UnsafeMutableRawBufferPointer(rebasing: out[Self.digestOffset..<Self.checkOffset]).copyBytes(from: sha256)
    let check = Self.check(UnsafeRawBufferPointer(out))
    out.storeBytes(of: check.littleEndian, toByteOffset: Self.checkOffset, as: UInt64.self)
  }

  /// FNV-1a over the words before it: it tells a header that reached the disk in part, nothing more is asked.
  private static func check(_ header: UnsafeRawBufferPointer) -> UInt64 {
    var check: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in stride(from: 0, to: checkOffset, by: 8) {
      check ^= UInt64(littleEndian: header.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      check = check &* 0x100_0000_01B3
    }
    return check
  }
}
