import Crypto
import Failpoints
import Glibc
import MissionCore
import Ports

extension SegmentPool {
  /// Whether the spool has a mission's result with exactly the bytes that were written. Changes nothing.
  func verified(_ mission: MissionID, size: Int64, sha256: String, adsCount: Int) -> SpoolAnswer {
    do throws(SpoolError) {
      var last: RecordPlace?
      while let (place, bytes) = try read(mission) {
        if bytes.count == size, SHA256.hexDigest(of: bytes) == sha256 {
          return .intact(
            SpooledResult(
              mission: mission, sha256: sha256, adsCount: adsCount, answer: bytes, data: 0..<bytes.count))
        }
        // The record may have moved while it was read, and its place been used again.
        if place == last { return .lost(.lost(path: folder.segmentPath(place.segment))) }
        last = place
      }
      let file = try withTable { path(of: mission, $0) }
      guard let file else { throw .lost(path: folder.resultPath(mission, attempt: 0)) }
      return .intact(
        try folder.verified(file, mission, size: size, sha256: sha256, adsCount: adsCount))
    } catch { return SpoolAnswer(error) }
  }

  /// As `verified`; what is lost has been put aside when it returns. The bytes may be those of a second look.
  func claimed(_ mission: MissionID, size: Int64, sha256: String, adsCount: Int) -> SpoolAnswer {
    let answer = verified(mission, size: size, sha256: sha256, adsCount: adsCount)
    guard case .lost = answer else { return answer }
    if case .intact(let second) = verified(mission.otherLook, size: size, sha256: sha256, adsCount: adsCount)
    {
      return .intact(SpooledResult(second, of: mission))
    }
    do throws(SpoolError) { try putAside(mission) } catch { return .unknown(error) }
    return answer
  }

  /// The mission has no result any more; what there was of it lies in its `.json.lost`.
  private func putAside(_ mission: MissionID) throws(SpoolError) {
    Failpoint.reach("spool.aside.before")
    defer { Failpoint.reach("spool.aside.after") }
    // A file counts more than a record, which then is an older one.
    if let (place, bytes) = try read(mission) {
      try putAside(bytes, of: mission)
      try withTable { table in if table.records[mission] == place { table.drop(mission) } }
      return
    }
    try withTable { table throws(SpoolError) in
      guard let attempt = table.files[mission] else { return }
      if folder.putAside(mission, attempt: attempt) {
        table.lost.insert(mission)
      } else if errno != ENOENT {
        throw .last("rename", folder.resultPath(mission, attempt: attempt))
      }
      table.removeFile(mission)
    }
  }

  private func putAside(_ bytes: [UInt8], of mission: MissionID) throws(SpoolError) {
    let moving = folder.movingPath(mission)
    try OpenFile(creating: moving).write(bytes, at: 0)
    guard rename(moving, folder.lostPath(mission)) == 0 else { throw .last("rename", moving) }
    try withTable { table in _ = table.lost.insert(mission) }
  }

  /// Damaged records of missions that need them are put aside before their segments are written anew.
  private func putDamagedAside(_ need: (MissionID) -> SpoolNeed) throws(SpoolError) {
    let damaged = try withTable { table in
      table.damaged.filter { !table.hasResult($0.key) }
    }
    for (mission, place) in damaged where need(mission) == .result {
      guard let segment = try withTable({ $0.segment(place.segment) }) else { continue }
      try putAside(try segment.read(place), of: mission)
    }
    try withTable { $0.damaged = [:] }
  }

  /// A new result of these missions is durable: what was given up before is wanted no more.
  func removeLost(_ missions: some Sequence<MissionID>) {
    let lost = withKnownTable { table in
      let lost = missions.filter(table.lost.contains)
      table.lost.subtract(lost)
      return lost
    }
    for mission in lost ?? [] { folder.remove(folder.lostPath(mission)) }
  }

  /// Gives a file that is on disk its name, which is on disk when it returns; an older result of the mission is
  /// forgotten.
  func publish(_ path: String, as mission: MissionID, attempt: Int) throws(SpoolError) {
    // While the table is held: an older result must not be moved to this name meanwhile.
    let older = try withTable { table throws(SpoolError) in
      Failpoint.reach("spool.large.rename.before")
      try folder.publish(path, as: mission, attempt: attempt)
      Failpoint.reach("spool.large.rename.after")
      defer { table.addFile(mission, attempt: attempt) }
      return table.files[mission] == attempt ? nil : self.path(of: mission, table)
    }
    try folder.synchronize()
    // What stays is swept at the next start.
    if let older { folder.remove(older) }
    try withTable { $0.drop(mission) }
    removeLost([mission])
  }

  /// Gives a mission's result up, and that of its second look.
  func remove(_ mission: MissionID) {
    Failpoint.reach("spool.remove.before")
    defer { Failpoint.reach("spool.remove.after") }
    removeResult(mission)
    if withKnownTable({ $0.hasResult(mission.otherLook) }) == true { removeResult(mission.otherLook) }
  }

  private func removeResult(_ mission: MissionID) {
    removeLost([mission])
    do throws(SpoolError) {
      try withTable { table throws(SpoolError) in
        table.drop(mission)
        guard let file = path(of: mission, table) else { return }
        // While it is there it counts more than a record.
        guard folder.remove(file) else { throw .last("unlink", file) }
        table.removeFile(mission)
      }
    } catch {
      // What stays is swept at the next start; a folder that cannot be read is told by whatever else is asked of it.
    }
  }

  /// Removes temporary files and what is not needed of missions; says how many.
  func sweep(keeping need: (MissionID) -> SpoolNeed) throws(SpoolError) -> Int {
    let (files, records, lost) = try withTable { ($0.files, Set($0.records.keys), $0.lost) }
    var temporary: [String] = []
    try folder.visitFiles { path, file in
      switch file {
      case .part, .moving: temporary.append(path)
      // Of two files of a mission the later one counts.
      case .result(let mission, let attempt):
        if let counting = files[mission], attempt < counting { temporary.append(path) }
      case .segment, .lost: break
      }
    }
    try putDamagedAside(need)
    let unneededFiles = files.keys.filter { need($0) != .result }
    let unneededRecords = records.filter { need($0) != .result }
    let unneededLost = lost.filter { mission in
      switch need(mission) {
      case .nothing: return true
      case .lostBytes: return false
      // A newer result is there.
      case .result: return files[mission] != nil || records.contains(mission)
      }
    }
    Failpoint.reach("spool.sweep.before")
    func remove(_ path: String) -> Bool {
      defer { Failpoint.reach("spool.sweep.remove.after") }
      return folder.remove(path)
    }
    for path in temporary { _ = remove(path) }
    let removedFiles = unneededFiles.filter { mission in
      files[mission].map { remove(folder.resultPath(mission, attempt: $0)) } ?? false
    }
    let removedLost = unneededLost.filter { remove(folder.lostPath($0)) }
    try withTable { table in
      for mission in removedFiles { table.removeFile(mission) }
      for mission in unneededRecords { table.drop(mission) }
      table.lost.subtract(removedLost)
    }
    return temporary.count + removedFiles.count + unneededRecords.count + removedLost.count
  }
}

extension SpoolFolder {
  /// Throws `.lost` when there is no such file or it has other bytes.
  fileprivate func verified(
    _ path: String, _ mission: MissionID, size: Int64, sha256: String, adsCount: Int
  ) throws(SpoolError) -> SpooledResult {
    let file = try OpenFile(reading: path)
    guard try file.size() == size else { throw .lost(path: path) }
    guard size <= SpooledResult.largestInMemory else {
      guard try file.digest() == sha256 else { throw .lost(path: path) }
      return SpooledResult(mission: mission, size: size, sha256: sha256, adsCount: adsCount, path: path)
    }
    let bytes = try file.read(Int(size), at: 0)
    guard bytes.count == size, SHA256.hexDigest(of: bytes) == sha256 else { throw .lost(path: path) }
    return SpooledResult(
      mission: mission, sha256: sha256, adsCount: adsCount, answer: bytes, data: 0..<bytes.count)
  }
}
