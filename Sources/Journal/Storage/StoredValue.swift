import MissionCore
import SQLite

/// A value on its way into a row.
enum StoredValue {
  case integer(Int64)
  case text(String)
  case null

  static func of(_ text: String?) -> StoredValue { text.map { .text($0) } ?? .null }
  static func of(_ number: Int64?) -> StoredValue { number.map { .integer($0) } ?? .null }
  static func of(_ number: Int) -> StoredValue { .integer(Int64(number)) }
  static func of(_ flag: Bool) -> StoredValue { .integer(flag ? 1 : 0) }
  static func of(_ time: Timestamp) -> StoredValue { .integer(time.milliseconds) }
  static func of(_ code: ErrorCode?) -> StoredValue { of(code?.stored) }
  /// As whole milliseconds.
  static func of(seconds: Double) -> StoredValue { .integer(Int64((seconds * 1000).rounded())) }
  static func of(_ files: [KeptFile]) -> StoredValue {
    files.isEmpty ? .null : .text(files.json(withPlaces: true))
  }
  /// Names of kept files.
  static func of(names: [String]) -> StoredValue {
    names.isEmpty ? .null : .text(names.joined(separator: "//"))
  }
}

extension SQLiteStatement {
  func bind(_ value: StoredValue, at index: Int32) throws(SQLiteError) {
    switch value {
    case .integer(let number): try bind(number, at: index)
    case .text(let text): try bind(text, at: index)
    case .null: try bindNull(at: index)
    }
  }
}
