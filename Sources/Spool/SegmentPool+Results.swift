import Crypto
import Failpoints
import MissionCore

extension SegmentPool {
  /// The spooled result of a mission when its bytes are exactly the ones that were written.
  ///
  /// Whatever keeps the bytes from being read makes them lost to this mission.
  func verified(_ mission: MissionID, size: Int64, sha256: String, adsCount: Int) -> SpooledResult? {
    var last: RecordPlace?
    while let (place, bytes) = try? read(mission) {
      if bytes.count == size, SHA256.hexDigest(of: bytes) == sha256 {
        return SpooledResult(
          mission: mission, sha256: sha256, adsCount: adsCount, answer: bytes, data: 0..<bytes.count)
      }
      // The record may have moved while it was read, and its place been used again.
      if place == last { return nil }
      last = place
    }
    return folder.verified(mission, size: size, sha256: sha256, adsCount: adsCount)
  }

  /// Gives a file that is on disk its name, which is on disk when it returns; an older result of the mission is
  /// forgotten.
  func publish(_ path: String, as mission: MissionID) throws(SpoolError) {
    // While the table is held: an older result must not be moved to this name meanwhile.
    try withTable { table throws(SpoolError) in
      Failpoint.reach("spool.large.rename.before")
      try folder.publish(path, as: mission)
      Failpoint.reach("spool.large.rename.after")
      table.addFile(mission)
    }
    try folder.synchronize()
    try withTable { $0.drop(mission) }
  }

  /// Gives a mission's result up.
  func remove(_ mission: MissionID) {
    Failpoint.reach("spool.remove.before")
    defer { Failpoint.reach("spool.remove.after") }
    let hasFile = try? withTable { table in
      table.drop(mission)
      return table.removeFile(mission)
    }
    // A folder that cannot be read is told by whatever else is asked of it.
    if hasFile != false { folder.remove(folder.resultPath(mission)) }
  }

  /// Removes temporary files and the results of missions that are not to be kept; says how many.
  func sweep(keeping isKept: (MissionID) -> Bool) throws(SpoolError) -> Int {
    var unneeded: [String] = []
    var missions: [MissionID] = []
    try folder.visitFiles { path, file in
      switch file {
      case .part, .moving: unneeded.append(path)
      case .result(let mission):
        guard !isKept(mission) else { return }
        unneeded.append(path)
        missions.append(mission)
      case .segment: break
      }
    }
    let records = try withTable { Array($0.records.keys) }.filter { !isKept($0) }
    Failpoint.reach("spool.sweep.before")
    for path in unneeded {
      folder.remove(path)
      Failpoint.reach("spool.sweep.remove.after")
    }
    let removedFiles = missions
    try withTable { table in
      for mission in removedFiles { table.removeFile(mission) }
      for mission in records { table.drop(mission) }
    }
    return unneeded.count + records.count
  }
}

extension SpoolFolder {
  fileprivate func verified(_ mission: MissionID, size: Int64, sha256: String, adsCount: Int)
    -> SpooledResult?
  {
    let path = resultPath(mission)
    guard let opened = try? SpooledBytes(mapping: path, size: size) else { return nil }
    let digest = opened.hexDigest()
    guard digest == sha256 else { return nil }
    guard size <= SpooledResult.largestInMemory else {
      return SpooledResult(mission: mission, size: size, sha256: sha256, adsCount: adsCount, path: path)
    }
    return SpooledResult(
      mission: mission, sha256: sha256, adsCount: adsCount, answer: Array(opened.bytes), data: 0..<Int(size))
  }
}

extension SpooledBytes {
  fileprivate func hexDigest() -> String {
    let step = 4 << 20
    var hash = SHA256()
    var done = 0
    while done < bytes.count {
      let next = min(done + step, bytes.count)
      hash.update(UnsafeRawBufferPointer(rebasing: bytes[done..<next]))
      done = next
      release(before: done)
    }
    return hash.finalizeHex()
  }
}
