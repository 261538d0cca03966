import JSONStream
import MissionCore
import Ports

// Results of which nobody but the spool knows: the process died before the journal had them.
extension SegmentPool {
  /// What a start of the mission brought, told by its bytes alone; nil when there is nothing of it that is whole.
  func found(_ mission: MissionID, attempt: Int) throws(SpoolError) -> ScrapedResult? {
    let (place, file) = try withTable { table in (table.place(of: mission), table.files[mission]) }
    let result: SpooledResult
    if let place, place.attempt == attempt, let bytes = try read(mission)?.bytes {
      // Its digest was compared with that of its header when the segment was read.
      result = SpooledResult(mission: mission, inMemory: bytes, adsCount: 0)
    } else if file == attempt {
      let path = folder.resultPath(mission, attempt: attempt)
      do throws(SpoolError) {
        result = try SpooledResult(file: path, mission: mission, adsCount: 0)
      } catch .lost { return nil }
    } else {
      return nil
    }
    return try result.countingRecords()
  }
}

extension SpooledResult {
  /// Nil when the bytes are no array: they are not what was written.
  fileprivate func countingRecords() throws(SpoolError) -> ScrapedResult? {
    do {
      let count = try withBytes { bytes, release in
        var records = JSONArrayReader(bytes, progress: release)
        var count = 0
        while try records.next() != nil { count += 1 }
        return count
      }
      return ScrapedResult(adsCount: count, size: size, sha256: sha256)
    } catch let error as SpoolError {
      if case .lost = error { return nil }
      throw error
    } catch { return nil }
  }
}
