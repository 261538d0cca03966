import CSQLite

/// Counts the rows that statements and triggers insert and delete, table by table, while it is watched with
/// (`SQLiteConnection.watch`). What `REPLACE` deletes SQLite does not tell.
public final class RowChanges {
  private var inserted: [String: Int] = [:]
  private var deleted: [String: Int] = [:]

  public init() {}

  /// Rows that came into the table.
  public func insertions(into table: String) -> Int { inserted[table] ?? 0 }
  /// Rows that went from the table.
  public func deletions(from table: String) -> Int { deleted[table] ?? 0 }

  fileprivate func note(_ operation: Int32, _ table: UnsafePointer<CChar>) {
    if operation == SQLITE_INSERT { inserted[String(cString: table), default: 0] += 1 }
    if operation == SQLITE_DELETE { deleted[String(cString: table), default: 0] += 1 }
  }
}

extension SQLiteConnection {
  /// Counts in `changes` while `body` runs.
  public func watch<R, E: Error>(with changes: RowChanges, _ body: () throws(E) -> R) throws(E) -> R {
    // Kept alive by this call, which takes the hook away before it returns.
    let context = Unmanaged.passUnretained(changes).toOpaque()
    sqlite3_update_hook(
      handle,
      { context, operation, _, table, _ in
        guard let context, let table else { return }
        Unmanaged<RowChanges>.fromOpaque(context).takeUnretainedValue().note(operation, table)
      }, context)
    defer { sqlite3_update_hook(handle, nil, nil) }
    return try body()
  }
}
