import Foundation
import TestSupport

/// What journal, destination and store hold at a moment, read from copies so that the next run finds the files
/// exactly as the dead one left them.
struct StateReading: Sendable {
  /// `mission|seq|attempt|event|details`, without times.
  var events: Set<String> = []
  var missions: [String] = []
  var rows: [String] = []
  var ledger: Set<String> = []
  /// Objects by their key.
  var objects: [String: [UInt8]] = [:]

  private static let missionColumns =
    "id, status, checkpoint, ads_count, size, sha256, s3_key, s3_size, s3_sha256, error_code"

  private static let ledgerColumns =
    "mission_id, source, date_start, date_end, media_type, languages, ads_count, rows_count, sha256"

  /// - Parameter other: where the ads are; nil for the SQLite file of the installation.
  init(_ site: Installation, _ other: (any SweepDestination)?) throws {
    let copies = TemporaryFolder()
    if let journal = try Self.copy(site.journalPath, to: copies.path),
      try Self.isMade(journal, "mission_events")
    {
      events = Set(
        try Installation.rows(
          journal, "SELECT mission_id, seq, attempt, event, details FROM mission_events"))
      missions = try Installation.rows(journal, "SELECT \(Self.missionColumns) FROM mission_list ORDER BY id")
    }
    if let other {
      rows = try other.rows
      ledger = Set(try other.ledger(columns: Self.ledgerColumns))
    } else if let destination = try Self.copy(site.destinationPath, to: copies.path),
      try Self.isMade(destination, "ads")
    {
      rows = try Installation.rows(
        destination, "SELECT mission_id, ad_id, position, data FROM ads ORDER BY mission_id, ad_id")
      let ledgerRows = try Installation.rows(
        destination, "SELECT \(Self.ledgerColumns) FROM missions ORDER BY mission_id")
      ledger = Set(ledgerRows)
    }
    for key in site.objects { objects[key] = try TemporaryFolder.bytes("\(site.storeFolder)/\(key)") }
  }

  /// What does not hold at whatever moment a run was interrupted.
  var problems: [String] {
    let early = stored.subtracting(loaded)
    return early.isEmpty ? [] : ["I3: objects before their DB commit: \(early)"]
  }

  /// Missions of the ledger.
  private var loaded: Set<String> { Set(ledger.map { String($0.prefix(36)) }) }

  /// Missions that have an object; kept files lie a folder deeper.
  private var stored: Set<String> {
    let audits = objects.keys.filter { $0.split(separator: "/").last?.count == 41 }
    return Set(audits.map { String($0.suffix(41).prefix(36)) })
  }

  /// The copy's path; nil when there is no such file yet.
  private static func copy(_ path: String, to folder: String) throws -> String? {
    guard access(path, F_OK) == 0 else { return nil }
    let name = URL(fileURLWithPath: path).lastPathComponent
    for suffix in ["", "-wal"] where access(path + suffix, F_OK) == 0 {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: "\(folder)/\(name)\(suffix)")
    }
    return "\(folder)/\(name)"
  }

  private static func isMade(_ path: String, _ table: String) throws -> Bool {
    try Installation.rows(path, "SELECT name FROM sqlite_schema WHERE name = '\(table)'") == [table]
  }
}
