import Foundation
import SQLite
import TestSupport
import Testing

/// What must hold after any run that came to an end (FAULTS).
extension Installation {
  func expectInvariants(maxRetries: Int = 2, _ place: SourceLocation = #_sourceLocation) async throws {
    try expectSoundFiles(place)
    try expectLedger(place)
    try expectReport(place)
    try expectNoSecrets(place)
    let mostRetries = try journal("SELECT coalesce(max(retry_count), 0) FROM missions")[0]
    #expect(Int(mostRetries)! <= maxRetries, "I4", sourceLocation: place)
    for (worker, live) in try stats()["max_live_jobs"].members {
      #expect(live.int! <= setup.capacity, "I6: \(worker)", sourceLocation: place)
    }
  }

  private func expectSoundFiles(_ place: SourceLocation) throws {
    for path in [journalPath, destinationPath] where access(path, R_OK) == 0 {
      #expect(try Self.rows(path, "PRAGMA integrity_check") == ["ok"], "I5 \(path)", sourceLocation: place)
      #expect(try Self.rows(path, "PRAGMA foreign_key_check") == [], "I5 \(path)", sourceLocation: place)
    }
    let spooled = try journal("SELECT id FROM mission_list WHERE checkpoint <> 'SCRAPE' AND status <> 'DONE'")
    let files = TemporaryFolder.files(in: folder + "/state/spool")
    if spooled.isEmpty { #expect(files == [], "I5: orphans in the spool", sourceLocation: place) }
    let others = state.filter { $0.hasSuffix(".part") || $0.hasSuffix(".tmp") }
    #expect(others == [], "I5: temporary files", sourceLocation: place)
    for name in state {
      let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/state/\(name)")[
        .posixPermissions]
      #expect((mode as? Int).map { $0 & 0o077 } == 0, "\(name) is open to others", sourceLocation: place)
    }
  }

  /// I2, I3: what the journal says is loaded and stored is there, once, and nothing else is.
  private func expectLedger(_ place: SourceLocation) throws {
    let loaded = try journal(
      """
      SELECT id, ads_count, sha256 FROM mission_list
      WHERE status = 'DONE' OR checkpoint = 'S3' ORDER BY id
      """)
    if hasDestination {
      let ledger = try destination("SELECT mission_id, ads_count, sha256 FROM missions ORDER BY mission_id")
      #expect(ledger == loaded, "I2: ledger", sourceLocation: place)
      let counted = try destination(
        """
        SELECT mission_id FROM missions m
        WHERE rows_count <> (SELECT count(*) FROM ads WHERE ads.mission_id = m.mission_id)
        """)
      #expect(counted == [], "I2: rows", sourceLocation: place)
      let strays = try destination(
        "SELECT ad_id FROM ads WHERE mission_id NOT IN (SELECT mission_id FROM missions)")
      #expect(strays == [], "I2: rows of no mission", sourceLocation: place)
    } else {
      #expect(loaded == [], "I2: no destination", sourceLocation: place)
    }
    let keys = try journal("SELECT s3_key FROM mission_list WHERE status = 'DONE' ORDER BY s3_key")
    #expect(objects == keys, "I3: one object for each DONE mission", sourceLocation: place)
  }

  /// I7: report, journal and exit code agree.
  private func expectReport(_ place: SourceLocation) throws {
    let report = try report()
    #expect(Shape.report.problems(report) == [], sourceLocation: place)
    let counts = report["counts"]
    let parts = ["done", "failed", "cancelled", "left"].map { counts[$0].int ?? -1 }
    #expect(counts["selected"].int == parts.reduce(0, +), "I7: \(counts)", sourceLocation: place)
    let missions = report["missions"].elements
    #expect(missions.count == counts["selected"].int, "I7", sourceLocation: place)
    for (status, count) in [("DONE", parts[0]), ("FAILED", parts[1]), ("CANCELLED", parts[2])] {
      #expect(missions.filter { $0["status"].string == status }.count == count, "I7", sourceLocation: place)
    }
    #expect(report["resumable"].bool == (parts[3] > 0), "I7", sourceLocation: place)
    let ads = missions.filter { $0["status"].string == "DONE" }.compactMap { $0["ads_count"].int }
    #expect(report["ads"].int == ads.reduce(0, +), "I7: ads", sourceLocation: place)
  }

  /// I8: no secret in anything that the program wrote.
  func expectNoSecrets(_ place: SourceLocation = #_sourceLocation) throws {
    var texts = [("outputs", Array(written.utf8))]
    for name in TemporaryFolder.files(in: folder) {
      // A socket or a file that goes away meanwhile holds nothing.
      if let bytes = try? TemporaryFolder.bytes("\(folder)/\(name)") { texts.append((name, bytes)) }
    }
    for (name, bytes) in texts {
      let data = Data(bytes)
      let found = secrets.filter { data.range(of: Data($0.utf8)) != nil }
      #expect(found == [], "I8: \(name)", sourceLocation: place)
    }
  }
}

extension JSON {
  var members: [String: JSON] {
    guard case .object(let members) = self else { return [:] }
    return members
  }
}
