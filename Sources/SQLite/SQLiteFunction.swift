import CSQLite

/// The arguments of one call of a function that the program gave to SQL.
public struct SQLiteFunctionArguments {
  let values: UnsafeMutablePointer<OpaquePointer?>

  /// The argument at this place, from 0.
  public func integer(_ index: Int) -> Int64 { sqlite3_value_int64(values[index]) }

  /// The bytes are valid inside `body` only.
  public func withBlob<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let start = sqlite3_value_blob(values[index])
    return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(values[index]))))
  }
}

extension SQLiteConnection {
  private final class Function {
    let body: (SQLiteFunctionArguments) -> Int64

    init(body: @escaping (SQLiteFunctionArguments) -> Int64) { self.body = body }
  }

  /// Gives SQL a function with an integer result, the same for the same arguments as long as a statement runs.
  public func addFunction(
    _ name: String, argumentCount: Int32, _ body: @escaping (SQLiteFunctionArguments) -> Int64
  ) throws(SQLiteError) {
    // SQLite owns the box and calls the last closure when it forgets the function, also when this call fails.
    let box = Unmanaged.passRetained(Function(body: body)).toOpaque()
    try check(
      sqlite3_create_function_v2(
        handle, name, argumentCount, SQLITE_UTF8 | SQLITE_DETERMINISTIC, box,
        { context, _, values in
          guard let values, let box = sqlite3_user_data(context) else { return }
          let function = Unmanaged<Function>.fromOpaque(box).takeUnretainedValue()
          sqlite3_result_int64(context, function.body(SQLiteFunctionArguments(values: values)))
        }, nil, nil, { Unmanaged<Function>.fromOpaque($0!).release() }))
  }
}
