import Ports
import SQLite

/// The statements around loads, which stay prepared.
struct SQLiteTransactionSteps {
  private let beginning: SQLiteStatement
  private let committing: SQLiteStatement
  private let rollingBack: SQLiteStatement

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    do throws(SQLiteError) {
      beginning = try connection.prepare("BEGIN IMMEDIATE", isPersistent: true)
      committing = try connection.prepare("COMMIT", isPersistent: true)
      rollingBack = try connection.prepare("ROLLBACK", isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  func begin() throws(DestinationError) { try run(beginning) }
  func commit() throws(DestinationError) { try run(committing) }
  func rollBack() throws(DestinationError) { try run(rollingBack) }

  private func run(_ statement: SQLiteStatement) throws(DestinationError) {
    do throws(SQLiteError) { try statement.run() } catch { throw DestinationError(error) }
  }
}
