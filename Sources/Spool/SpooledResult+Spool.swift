import Crypto
import MissionCore
import Ports

extension SpooledResult {
  /// Up to this size the bytes stay in memory, so that the later checkpoints do not read the disk again.
  static let largestInMemory = 256 << 10

  /// A result that lies in a file.
  init(mission: MissionID, size: Int64, sha256: String, adsCount: Int, path: String) {
    self.init(mission: mission, size: size, sha256: sha256, adsCount: adsCount) { () throws(SpoolError) in
      try MappedBytes(mapping: path, size: size, sha256: sha256)
    }
  }

  /// A result that is only in memory, for tests of what comes after the spool.
  public init(mission: MissionID, inMemory data: [UInt8], adsCount: Int) {
    self.init(
      mission: mission, sha256: SHA256.hexDigest(of: data), adsCount: adsCount, answer: data,
      data: 0..<data.count)
  }
}
