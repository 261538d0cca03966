import MissionCore
import SQLite

extension SQLiteStatement {
  func bind(_ id: MissionID, at index: Int32) throws(SQLiteError) {
    let words = (id.high.bigEndian, id.low.bigEndian)
    let bound: Result<Void, SQLiteError> = withUnsafeBytes(of: words) { bytes in
      Result { () throws(SQLiteError) in try bind(blob: bytes, at: index) }
    }
    try bound.get()
  }

  func bind(_ time: Timestamp, at index: Int32) throws(SQLiteError) { try bind(time.milliseconds, at: index) }

  func bind(_ code: ErrorCode?, at index: Int32) throws(SQLiteError) { try bind(code?.stored, at: index) }

  /// Seconds as whole milliseconds.
  func bind(seconds: Double, at index: Int32) throws(SQLiteError) {
    try bind(Int64((seconds * 1000).rounded()), at: index)
  }

  func missionID(_ column: Int32) -> MissionID {
    withBlob(column) { bytes in
      guard bytes.count == 16 else { return MissionID(high: 0, low: 0) }
      return MissionID(
        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }

  func day(_ column: Int32) -> CalendarDay {
    CalendarDay(daysSinceEpoch: Int32(truncatingIfNeeded: integer(column)))
  }

  func time(_ column: Int32) -> Timestamp? { optionalInteger(column).map { Timestamp(milliseconds: $0) } }

  func errorCode(_ column: Int32) -> ErrorCode? { optionalInteger(column).flatMap { ErrorCode(stored: $0) } }

  /// What `ParameterValues.stored` wrote.
  func parameters(_ column: Int32) -> ParameterValues {
    text(column).map { ParameterValues(json: $0) } ?? ParameterValues()
  }

  /// Stored milliseconds as seconds.
  func seconds(_ column: Int32) -> Double? { optionalInteger(column).map { Double($0) / 1000 } }
}
