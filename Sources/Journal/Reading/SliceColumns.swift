import MissionCore
import SQLite

/// The slice that the first columns of a row name. Rows come sorted, so neighbours share one object.
struct SliceColumns {
  static let list = "source, media_type, languages, parameters"
  /// As `MissionSlice` is compared, then by the calendar.
  static let order = "source, media_type, languages, parameters, date_start, date_end"
  /// The column behind them.
  static let count: Int32 = 4

  private var slice: MissionSlice?
  private var source: [UInt8] = []
  private var mediaType: Int64 = 0
  private var languages: [UInt8] = []
  private var parameters: [UInt8] = []

  mutating func slice(_ row: SQLiteStatement) -> MissionSlice {
    if let slice, row.integer(1) == mediaType,
      row.withTextBytes(2, { $0.elementsEqual(languages) }),
      row.withTextBytes(0, { $0.elementsEqual(source) }),
      row.withTextBytes(3, { $0.elementsEqual(parameters) })
    {
      return slice
    }
    source = row.withTextBytes(0) { Array($0) }
    mediaType = row.integer(1)
    languages = row.withTextBytes(2) { Array($0) }
    parameters = row.withTextBytes(3) { Array($0) }
    let slice = MissionSlice(
      source: row.text(0) ?? "", mediaType: MediaType(stored: mediaType), languages: row.text(2) ?? "",
      values: row.parameters(3))
    self.slice = slice
    return slice
  }
}
