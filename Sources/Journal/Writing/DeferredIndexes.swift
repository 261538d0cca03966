import SQLite

/// The indexes of `missions`, put away while an empty journal takes in its first missions and made in one go once all are
/// there: row by row they cost several times as much, most of all where a file's order is not that of the queue.
///
/// All of it lies in the transaction of the import: nobody meets a journal without its indexes, whenever the process dies.
struct DeferredIndexes {
  /// KiB of pages that are kept meanwhile: ids come in no order, so that most of what holds them is needed again.
  private static let cacheKiB = 20 * 1024
  /// The same while they are made: sorting takes as much once more.
  private static let sortingKiB = JournalFile.writerCacheKiB / 2

  /// What makes them.
  private var statements: [String] = []

  var areAway: Bool { !statements.isEmpty }

  mutating func putAway(_ connection: SQLiteConnection) throws {
    let rows = try connection.prepare(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'missions' AND sql IS NOT NULL"
    )
    var names: [String] = []
    while try rows.step() {
      names.append(rows.text(0) ?? "")
      statements.append(rows.text(1) ?? "")
    }
    rows.reset()
    for name in names { try connection.execute("DROP INDEX \(name)") }
    try connection.execute("PRAGMA cache_size = -\(Self.cacheKiB)")
  }

  /// Nothing happens where none is away.
  mutating func bringBack(_ connection: SQLiteConnection) throws {
    if areAway { try connection.execute("PRAGMA cache_size = -\(Self.sortingKiB)") }
    for statement in statements { try connection.execute(statement) }
    try forget(connection)
  }

  /// After the transaction has ended.
  mutating func forget(_ connection: SQLiteConnection) throws {
    guard areAway else { return }
    statements = []
    try connection.execute("PRAGMA cache_size = -\(JournalFile.writerCacheKiB)")
  }
}
