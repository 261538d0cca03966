import Crypto
import Failpoints
import Glibc
import MissionCore
import Ports

/// A file that many small results share, `segment-<number>.spool`: records one behind the other.
///
/// It has its full size from the start, so that writing into it changes no metadata and one fdatasync makes a
/// whole group durable. Knows nothing of which records are still needed.
final class Segment: Sendable {
  /// Bytes of the file.
  static let capacity = 4 << 20
  /// Records of a segment at the most: moving what is left of one out takes bounded time.
  static let largestRecordCount = 1024

  let number: Int
  /// Whether it has its full size; else its making was broken off, and it is not written to.
  let isWhole: Bool
  private let file: OpenFile

  /// A record that a scan found.
  struct Found {
    let mission: MissionID
    let place: RecordPlace
    /// Whether the data are the ones of the header's digest.
    let isWhole: Bool
  }

  /// The name and the space are on disk when it returns; nothing is left when it throws.
  init(creating number: Int, in folder: SpoolFolder) throws(SpoolError) {
    let path = folder.segmentPath(number)
    self.number = number
    isWhole = true
    file = try OpenFile(creating: path, isNew: true)
    do throws(SpoolError) {
      Failpoint.reach("spool.segment.create.before")
      try file.allocate(Int64(Self.capacity))
      try file.synchronize()
      try folder.synchronize()
      Failpoint.reach("spool.segment.create.after")
    } catch {
      folder.remove(path)
      throw error
    }
  }

  /// One that an earlier process left.
  init(opening number: Int, in folder: SpoolFolder) throws(SpoolError) {
    self.number = number
    file = try OpenFile(reading: folder.segmentPath(number), writing: true)
    isWhole = try file.size() == Int64(Self.capacity)
  }

  var path: String { file.path }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SpoolError) {
    try file.write(bytes, at: Int64(offset))
  }

  /// What was written is on disk when it returns.
  func synchronize() throws(SpoolError) { try file.synchronizeData() }

  /// The data of a record; shorter than they were when the file was cut.
  func read(_ place: RecordPlace) throws(SpoolError) -> [UInt8] {
    try file.read(place.size, at: Int64(place.offset))
  }

  /// The records of the generation that the segment begins with, also those whose data did not reach the disk or were
  /// altered.
  ///
  /// Groups are written in order, and after one that failed nothing follows: what was ever acknowledged comes
  /// before the first place where no record of the generation begins.
  func scan() throws(SpoolError) -> [Found] {
    let content = try file.read(Self.capacity, at: 0)
    return content.withUnsafeBytes { bytes in
      var found: [Found] = []
      var offset = 0
      var generation: UInt64?
      while let header = RecordHeader(reading: bytes, at: offset) {
        guard header.generation == generation ?? header.generation else { break }
        generation = header.generation
        let start = offset + RecordHeader.byteCount
        let digest = SHA256.digest(of: UnsafeRawBufferPointer(rebasing: bytes[start..<start + header.size]))
        let place = RecordPlace(
          segment: number, offset: start, size: header.size, sequence: header.sequence,
          attempt: header.attempt)
        found.append(
          Found(mission: header.mission, place: place, isWhole: digest == header.sha256))
        offset += RecordHeader.recordSize(header.size)
      }
      return found
    }
  }
}
