import Crypto
import JSONStream
import MissionCore
import Ports
import Spool

/// Makes the results of DONE missions again, whose spool is gone: of the rows, or of the audit object.
///
/// Both hold every token of the result, and the journal's SHA-256 of the object proves it for either. What stood
/// between the tokens is tried in the ways in which JSON libraries write; where it was something else, the new
/// spacing is compact, and the result has a SHA-256 of its own. The object that is made of it has the very bytes of the
/// first one in any case.
struct ByteRecovery {
  let parts: ComparedParts
  let spool: SpoolStore

  /// What has the mission's bytes; nil when nothing does any more.
  func source(of record: MissionRecord) throws -> ByteSource? {
    for source in ByteSource.allCases where try result(of: record, from: source) != nil {
      discard(record.id)
      return source
    }
    return nil
  }

  /// The result, until `discard`; nil when this source has not all of it.
  func result(of record: MissionRecord, from source: ByteSource) throws -> SpooledResult? {
    guard let sha256 = record.sha256, let size = record.size, let adsCount = record.adsCount else {
      return nil
    }
    switch source {
    case .spool:
      let answer = spool.open(mission: record.id, size: size, sha256: sha256, adsCount: adsCount)
      if case .unknown(let error) = answer { throw error }
      return answer.result
    case .rows: return try fromRows(record, adsCount)
    case .object: return try fromObject(record, sha256, adsCount)
    }
  }

  /// Takes what `result` has made away.
  func discard(_ mission: MissionID) {
    spool.removeSubstitute(mission)
    spool.removePart(mission)
  }

  private func fromRows(_ record: MissionRecord, _ adsCount: Int) throws -> SpooledResult? {
    guard try parts.rowsMatch(record) == true else { return nil }
    return try spool.substitute(record.id, adsCount: adsCount) { writer in
      let array = ArrayWriter(writer)
      _ = try parts.readAds(of: record.id, ad: array.add)
      array.finish()
    }
  }

  private func fromObject(_ record: MissionRecord, _ sha256: String, _ adsCount: Int) throws -> SpooledResult?
  {
    guard let size = record.s3Size else { return nil }
    let key = parts.key(of: record)
    // Anything larger or smaller is not the object that was written, and is not fetched.
    guard try parts.find(key, readingBytes: false)?.size == size else { return nil }
    spool.removePart(record.id)
    defer { spool.removePart(record.id) }
    guard try parts.fetch(key, to: spool.partPath(for: record.id), maxSize: size) else { return nil }
    let object = try spool.openPart(record.id, size: size)
    guard digest(object) == record.s3SHA256 else { return nil }
    let spacing = JSONSpacing.allCases.first { digest(object, $0) == sha256 } ?? .compact
    return try spool.substitute(record.id, adsCount: adsCount) { writer in
      spacing.write(object.bytes, release: object.release(before:), to: writer.write)
    }
  }

  /// Whether an audit object of this result is the one that was written.
  func makesTheObject(_ result: SpooledResult, of record: MissionRecord) throws -> Bool {
    try result.withBytes { bytes, release in
      var layout = JSONLayout(bytes)
      var hash = SHA256()
      withUnsafeTemporaryAllocation(byteCount: Self.pieceSize, alignment: 16) { piece in
        while true {
          let count = layout.fill(piece)
          if count == 0 { break }
          hash.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
          release(layout.consumed)
        }
      }
      return hash.finalizeHex() == record.s3SHA256
    }
  }

  private static let pieceSize = 256 << 10

  /// As it is, or in another spacing.
  private func digest(_ object: any SpooledBytes, _ spacing: JSONSpacing? = nil) -> String {
    var hash = SHA256()
    guard let spacing else {
      for start in stride(from: 0, to: object.bytes.count, by: Self.pieceSize) {
        let end = min(start + Self.pieceSize, object.bytes.count)
        hash.update(UnsafeRawBufferPointer(rebasing: object.bytes[start..<end]))
        object.release(before: end)
      }
      return hash.finalizeHex()
    }
    spacing.write(object.bytes, release: object.release(before:)) { hash.update($0) }
    return hash.finalizeHex()
  }
}
