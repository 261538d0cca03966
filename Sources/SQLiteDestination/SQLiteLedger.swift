import MissionCore
import Ports
import SQLite

/// Reads the ledger's rows. Transactions are the caller's.
struct SQLiteLedger {
  private let statement: SQLiteStatement

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    do throws(SQLiteError) {
      statement = try connection.prepare(
        "SELECT sha256, ads_count, rows_count, table_name FROM missions WHERE mission_id = ?",
        isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  /// What it says of the mission; nil when it says nothing.
  func row(of mission: String) throws(DestinationError) -> LoadedMission.Ledger? {
    do throws(SQLiteError) {
      defer { statement.reset() }
      try statement.bind(mission, at: 1)
      guard try statement.step() else { return nil }
      let name = statement.text(3) ?? ""
      guard let table = TableName(name) else {
        throw SQLiteError(
          extendedCode: 1,
          message: "the ledger row of \(mission) names the table \"\(name)\", which cannot be ours")
      }
      return LoadedMission.Ledger(
        adsCount: statement.int(1), rowsCount: statement.int(2), sha256: statement.text(0) ?? "",
        table: table)
    } catch { throw DestinationError(error) }
  }
}
