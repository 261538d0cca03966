import Glibc
import MissionCore
import Ports
import Spool

/// Reads a mission's object and compares the rows with it. May be used from several threads.
package struct CloseLook: Sendable {
  let parts: ComparedParts
  let folder: ComparisonFolder

  package init(
    parts: ComparedParts, folder: ComparisonFolder
  ) {
    self.parts = parts
    self.folder = folder
  }

  /// The object as it was found, with the SHA-256 of its bytes, and what the rows are.
  package func look(
    at record: MissionRecord, _ found: LoadedMission?, key: String
  ) throws(CommandFailure) -> (object: FoundObject?, rows: RowsVerdict) {
    guard var object = try parts.find(key, readingBytes: false) else {
      return (nil, try rowsAlone(record, found))
    }
    guard let size = record.s3Size, object.size == size else {
      // Another size is proof enough; one that is not told is found by reading.
      if object.size != nil { return (object, try rowsAlone(record, found)) }
      return (try parts.find(key, readingBytes: true), try rowsAlone(record, found))
    }
    let path = folder.path(for: record.id)
    defer { unlink(path) }
    guard try parts.fetch(key, to: path, maxSize: size) else { return (nil, try rowsAlone(record, found)) }
    let result: SpooledResult
    do throws(SpoolError) {
      result = try SpooledResult(file: path, mission: record.id, adsCount: record.adsCount ?? 0)
    } catch { throw CommandFailure(.cannotWrite, "\(error)") }
    (object.sha256, object.size) = (result.sha256, result.size)
    guard result.sha256 == record.s3SHA256 else { return (object, try rowsAlone(record, found)) }
    guard found?.ledger != nil else { return (object, .notCompared) }
    let difference = try parts.difference(record, from: result)
    return (object, difference.map { .different($0) } ?? .same)
  }

  /// Without an object: rows that keep every byte prove themselves when laid out, unless ids were repeated.
  private func rowsAlone(_ record: MissionRecord, _ found: LoadedMission?) throws(CommandFailure)
    -> RowsVerdict
  {
    guard let ledger = found?.ledger, ledger.rowsCount == ledger.adsCount,
      let isSame = try parts.rowsMatch(record)
    else { return .notCompared }
    return isSame ? .same : .different("laid out they have another sha256 than the object")
  }
}
