import Journal
import MissionCore
import Spool

extension RunPlan {
  /// Claims the spool of the journal, which the caller holds.
  package func claimSpool(of journal: Journal) throws -> SpoolClaim {
    let reader = try JournalReader(path: journal.path)
    return try SpoolClaim.take(
      in: stateFolder, journal: journalName, identity: journal.identity,
      hasNeighbours: try JournalLock.hasNeighbours(journal: journal.path)
    ) { mission in
      let (need, found) = try SpoolNeed.of(mission, reader)
      guard need == .result, let record = found else { return nil }
      if let first = record.firstLook, record.checkpoint == .scrape { return first.result }
      guard let size = record.size, let sha256 = record.sha256 else { return nil }
      return ScrapedResult(adsCount: record.adsCount ?? 0, size: size, sha256: sha256)
    }
  }
}

extension SpoolNeed {
  /// What the spool must keep under a mission's name, or under that of a mission's second look.
  static func of(
    _ name: MissionID, _ reader: JournalReader
  ) throws(JournalError) -> (need: SpoolNeed, record: MissionRecord?) {
    if let record = try reader.mission(name) { return (SpoolNeed(of: record), record) }
    guard let record = try reader.mission(name.otherLook) else { return (.nothing, nil) }
    let need = SpoolNeed(of: record)
    // Bytes that were given up are only looked for under the mission's own name.
    return (need == .result ? .result : .nothing, record)
  }

  /// What the spool must keep of a mission, as the journal has it.
  init(of record: MissionRecord?) {
    guard let record, record.status != .done else {
      self = .nothing
      return
    }
    let isHeld = record.status == .failed && record.errorCode == .resultSuspicious && record.size != nil
    let isLookedAtAgain = record.firstLook != nil && !record.status.isFinished
    if record.checkpoint > .scrape || isHeld || isLookedAtAgain {
      self = .result
    } else {
      self = record.status == .cancelled ? .nothing : .lostBytes
    }
  }
}
