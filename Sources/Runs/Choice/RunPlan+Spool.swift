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
      guard let record = try reader.mission(mission), SpoolNeed(of: record) == .result,
        let size = record.size, let sha256 = record.sha256
      else { return nil }
      return ScrapedResult(adsCount: record.adsCount ?? 0, size: size, sha256: sha256)
    }
  }
}

extension SpoolNeed {
  /// What the spool must keep of a mission, as the journal has it.
  init(of record: MissionRecord?) {
    guard let record, record.status != .done else {
      self = .nothing
      return
    }
    if record.checkpoint > .scrape {
      self = .result
    } else {
      self = record.status == .cancelled ? .nothing : .lostBytes
    }
  }
}
