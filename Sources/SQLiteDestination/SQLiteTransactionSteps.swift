import Ports
import SQLite

/// The statements around loads, which stay prepared.
struct SQLiteTransactionSteps {
  private let beginning: SQLiteStatement
  private let committing: SQLiteStatement
  private let rollingBack: SQLiteStatement
  private let saving: SQLiteStatement
  private let releasing: SQLiteStatement
  private let returning: SQLiteStatement

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    do throws(SQLiteError) {
      beginning = try connection.prepare("BEGIN IMMEDIATE", isPersistent: true)
      committing = try connection.prepare("COMMIT", isPersistent: true)
      rollingBack = try connection.prepare("ROLLBACK", isPersistent: true)
      saving = try connection.prepare("SAVEPOINT load", isPersistent: true)
      releasing = try connection.prepare("RELEASE load", isPersistent: true)
      returning = try connection.prepare("ROLLBACK TO load", isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  func begin() throws(DestinationError) { try run(beginning) }
  func commit() throws(DestinationError) { try run(committing) }
  func rollBack() throws(DestinationError) { try run(rollingBack) }

  /// Begins what `release` keeps and `returnToSavepoint` undoes.
  func save() throws(DestinationError) { try run(saving) }
  func release() throws(DestinationError) { try run(releasing) }
  func returnToSavepoint() throws(DestinationError) {
    try run(returning)
    try run(releasing)
  }

  private func run(_ statement: SQLiteStatement) throws(DestinationError) {
    do throws(SQLiteError) { try statement.run() } catch { throw DestinationError(error) }
  }
}
