import SQLite

/// Names runs by number and back; remembers what it looked up.
final class RunDirectory {
  private let byID: SQLiteStatement
  private let byNumber: SQLiteStatement
  private var numbers: [String: Int64] = [:]
  private var ids: [Int64: String] = [:]

  init(_ connection: SQLiteConnection) throws {
    byID = try connection.prepare("SELECT number FROM runs WHERE id = ?", isPersistent: true)
    byNumber = try connection.prepare("SELECT id FROM runs WHERE number = ?", isPersistent: true)
  }

  /// Throws `.missing` when there is no such run.
  func number(of id: String) throws -> Int64 {
    if let number = numbers[id] { return number }
    try byID.bind(id, at: 1)
    defer { byID.reset() }
    guard try byID.step() else { throw JournalError.missing(what: "run \(id)") }
    numbers[id] = byID.integer(0)
    return byID.integer(0)
  }

  func id(of number: Int64) throws -> String? {
    if let id = ids[number] { return id }
    try byNumber.bind(number, at: 1)
    defer { byNumber.reset() }
    guard try byNumber.step(), let id = byNumber.text(0) else { return nil }
    ids[number] = id
    return id
  }

  /// After a rollback: a run that was looked up may not exist any more.
  func forget() {
    numbers.removeAll()
    ids.removeAll()
  }
}
