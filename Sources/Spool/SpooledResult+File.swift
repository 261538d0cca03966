import Crypto
import MissionCore
import Ports

extension SpooledResult {
  /// Bytes hashed between two times that pages are given back.
  private static let pieceSize = 1 << 20

  /// The bytes of a file that came from elsewhere, an audit object for instance; hashed now. Blocks. The caller keeps the
  /// file until the result is not used any more.
  public init(file path: String, mission: MissionID, adsCount: Int) throws(SpoolError) {
    let size = try OpenFile(reading: path).size()
    let mapped = try MappedBytes(mapping: path, size: size)
    var hash = SHA256()
    for start in stride(from: 0, to: mapped.bytes.count, by: Self.pieceSize) {
      let end = min(start + Self.pieceSize, mapped.bytes.count)
      hash.update(UnsafeRawBufferPointer(rebasing: mapped.bytes[start..<end]))
      mapped.release(before: end)
    }
    try mapped.expectReadable()
    self.init(mission: mission, size: size, sha256: hash.finalizeHex(), adsCount: adsCount, path: path)
  }
}
