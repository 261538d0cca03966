import Glibc
import MissionCore

/// Reads mission files (SPEC 3) as a stream: a million rows cost no more memory than ten.
///
/// It says what a file holds; whether a mission is already known is the journal's matter.
public enum MissionFileReader {
  /// Rows handed over at a time.
  public static let batchSize = 4096
  private static let chunkSize = 256 << 10

  /// Reads the file from its first row to its last. `deliver` gets rows in batches, in the order of the file;
  /// `report` gets each row that is refused. An invalid header ends it before anything is delivered.
  ///
  /// - Parameters:
  ///   - descriptor: the file where it is open already; it is read from its beginning and stays open.
  ///   - sources: what the rows may name.
  ///   - makesIDs: false leaves the rows' ids zero, where nobody looks at them: they are a good part of the work.
  @discardableResult
  package static func read(
    path: String, from descriptor: Int32? = nil, sources: MissionSources = .any,
    makesIDs: Bool = true, deliver: ([MissionRow]) throws -> Void, report: (RowError) -> Void
  ) throws(MissionFileFailure) -> MissionFileSummary {
    let file = try MissionFileInput.open(path, at: descriptor)
    defer { file.close() }
    var reading = MissionImport(path: path, sources: sources, makesIDs: makesIDs)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { buffer.deallocate() }
    var filled = try file.fill(buffer)
    var start = try firstByte(of: UnsafeRawBufferPointer(rebasing: buffer[..<filled]), path: path)
    while filled > 0 {
      let chunk = UnsafeRawBufferPointer(rebasing: buffer[start..<filled]).bindMemory(to: UInt8.self)
      try reading.take(chunk, deliver: deliver, report: report)
      start = 0
      filled = try file.fill(buffer)
    }
    return try reading.finish(deliver: deliver, report: report)
  }

  /// Where the text begins, after a byte order mark; other encodings are refused.
  private static func firstByte(of head: UnsafeRawBufferPointer, path: String) throws(MissionFileFailure)
    -> Int
  {
    let first = Array(head.prefix(4))
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) || first.contains(0) {
      throw .file(
        FileError(
          kind: .content, path: path, place: FileError.Place(line: 1, column: 1),
          reason: "the file is UTF-16, UTF-32 or not text; accepted: UTF-8"))
    }
    return 0
  }
}
