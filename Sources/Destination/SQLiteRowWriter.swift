import Failpoints
import MissionCore
import SQLite
import Spool

/// Writes and reads the rows of single missions with statements that stay prepared. Transactions are the caller's.
final class SQLiteRowWriter {
  private let ledger: SQLiteStatement
  private let deleteAds: SQLiteStatement
  private let insertAd: SQLiteStatement
  private let updateAd: SQLiteStatement
  private let writeLedger: SQLiteStatement
  private let countAds: SQLiteStatement
  private let connection: SQLiteConnection

  /// Rows between two looks at the clock.
  private static let rowsPerDeadlineCheck = 64

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    self.connection = connection
    do throws(SQLiteError) {
      ledger = try connection.prepare(
        "SELECT sha256, ads_count, rows_count FROM missions WHERE mission_id = ?", isPersistent: true)
      deleteAds = try connection.prepare("DELETE FROM ads WHERE mission_id = ?", isPersistent: true)
      insertAd = try connection.prepare(
        "INSERT INTO ads (mission_id, ad_id, position, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        isPersistent: true)
      updateAd = try connection.prepare(
        "UPDATE ads SET position = ?3, data = ?4 WHERE mission_id = ?1 AND ad_id = ?2", isPersistent: true)
      writeLedger = try connection.prepare(
        """
        INSERT OR REPLACE INTO missions (mission_id, source, date_start, date_end, media_type, languages,
          ads_count, rows_count, sha256, run_id, loaded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, isPersistent: true)
      countAds = try connection.prepare("SELECT count(*) FROM ads WHERE mission_id = ?", isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  /// Replaces the mission's rows, unless the ledger already has these bytes.
  func load(_ request: LoadRequest, deadline: ContinuousClock.Instant) throws(DestinationError) -> LoadOutcome
  {
    let mission = request.mission.description
    if let row = try ledgerRow(mission), row.sha256 == request.result.sha256 {
      return LoadOutcome(
        rows: row.rowsCount, repeatedIDs: row.adsCount - row.rowsCount, wasLoadedBefore: true)
    }
    do throws(SQLiteError) {
      try deleteAds.bind(mission, at: 1)
      try deleteAds.run()
    } catch { throw DestinationError(error) }
    Failpoint.reach("destination.delete.after")
    let (elements, rows) = try insertAds(request.result, mission, deadline)
    Failpoint.reach("destination.insert.after")
    try replaceLedgerRow(request, mission, adsCount: elements, rowsCount: rows)
    return LoadOutcome(rows: rows, repeatedIDs: elements - rows, wasLoadedBefore: false)
  }

  /// Writes a row to each table; the caller rolls back.
  func probe() throws(DestinationError) {
    let data = Array(#"[{"id":"probe"}]"#.utf8)
    let mission = MissionID(high: 0, low: 0)
    let day = CalendarDay(daysSinceEpoch: 0)
    let parameters = MissionParameters(dateStart: day, dateEnd: day, mediaType: .all, languages: ["en"])
    let request = LoadRequest(
      mission: mission, parameters: parameters, runID: "check",
      result: SpooledResult(mission: mission, inMemory: data, adsCount: 1), at: Timestamp(milliseconds: 0))
    _ = try load(request, deadline: .now + .seconds(60))
  }

  func inspect(_ mission: MissionID) throws(DestinationError) -> LoadedMission? {
    let mission = mission.description
    let row = try ledgerRow(mission)
    do throws(SQLiteError) {
      defer { countAds.reset() }
      try countAds.bind(mission, at: 1)
      let found = try countAds.step() ? countAds.int(0) : 0
      return row == nil && found == 0 ? nil : LoadedMission(ledger: row, rowsFound: found)
    } catch { throw DestinationError(error) }
  }

  private func ledgerRow(_ mission: String) throws(DestinationError) -> LoadedMission.Ledger? {
    do throws(SQLiteError) {
      defer { ledger.reset() }
      try ledger.bind(mission, at: 1)
      guard try ledger.step() else { return nil }
      return LoadedMission.Ledger(
        adsCount: ledger.int(1), rowsCount: ledger.int(2), sha256: ledger.text(0) ?? "")
    } catch { throw DestinationError(error) }
  }

  private func insertAds(_ result: SpooledResult, _ mission: String, _ deadline: ContinuousClock.Instant)
    throws(DestinationError) -> (elements: Int, rows: Int)
  {
    defer { for statement in [insertAd, updateAd] { statement.clearBindings() } }
    do {
      return try result.withBytes { bytes, release in
        try insertAds(AdRowReader(bytes, release: release), bytes, mission, deadline)
      }
    } catch let error as DestinationError {
      throw error
    } catch {
      // What else can fail is the mapping of the spool file.
      throw DestinationError(.destinationOther, "\(error)")
    }
  }

  private func insertAds(
    _ reader: AdRowReader, _ bytes: UnsafeRawBufferPointer, _ mission: String,
    _ deadline: ContinuousClock.Instant
  ) throws(DestinationError) -> (elements: Int, rows: Int) {
    var reader = reader
    var rows = 0
    do throws(SQLiteError) {
      try insertAd.bind(mission, at: 1)
      try updateAd.bind(mission, at: 1)
    } catch { throw DestinationError(error) }
    while let row = try reader.next() {
      do throws(SQLiteError) {
        try write(row, with: insertAd, bytes)
        if connection.changes > 0 { rows += 1 } else { try write(row, with: updateAd, bytes) }
      } catch { throw DestinationError(error, at: "ad at position \(row.position)") }
      if row.position % Self.rowsPerDeadlineCheck == 0, ContinuousClock.now > deadline {
        throw DestinationError(
          .destinationTimedOut,
          "loading took longer than execution.timeouts.statement allows, at ad \(row.position)")
      }
    }
    return (reader.count, rows)
  }

  @inline(__always)
  private func write(_ row: AdRow, with statement: SQLiteStatement, _ bytes: UnsafeRawBufferPointer)
    throws(SQLiteError)
  {
    // Borrowed: the bytes stay until `insertAds` clears the bindings.
    switch row.id {
    case .place(let range):
      try statement.bind(borrowedText: UnsafeRawBufferPointer(rebasing: bytes[range]), at: 2)
    case .text(let text): try statement.bind(text, at: 2)
    }
    try statement.bind(row.position, at: 3)
    try statement.bind(borrowedText: UnsafeRawBufferPointer(rebasing: bytes[row.data]), at: 4)
    try statement.run()
  }

  private func replaceLedgerRow(_ request: LoadRequest, _ mission: String, adsCount: Int, rowsCount: Int)
    throws(DestinationError)
  {
    let parameters = request.parameters
    do throws(SQLiteError) {
      try writeLedger.bind(mission, at: 1)
      try writeLedger.bind(parameters.source, at: 2)
      try writeLedger.bind(parameters.dateStart.description, at: 3)
      try writeLedger.bind(parameters.dateEnd.description, at: 4)
      try writeLedger.bind(parameters.mediaType.rawValue, at: 5)
      try writeLedger.bind(parameters.languageList, at: 6)
      try writeLedger.bind(adsCount, at: 7)
      try writeLedger.bind(rowsCount, at: 8)
      try writeLedger.bind(request.result.sha256, at: 9)
      try writeLedger.bind(request.runID, at: 10)
      try writeLedger.bind(request.at.description, at: 11)
      try writeLedger.run()
    } catch { throw DestinationError(error, at: "the ledger row") }
  }
}
