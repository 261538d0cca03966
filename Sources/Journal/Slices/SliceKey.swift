import MissionCore
import SQLite

/// What a slice is told apart and sorted by, as bytes: source, media type, languages and parameters with a zero byte
/// between them, which none of these texts has. Keys compare as `MissionSlice` does.
struct SliceKey {
  private(set) var bytes: [UInt8] = []

  mutating func take(_ parameters: MissionParameters) {
    begin(parameters.source, parameters.mediaType)
    for (place, language) in parameters.languages.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: language.utf8)
    }
    bytes.append(0)
    if !parameters.values.isEmpty { bytes.append(contentsOf: parameters.values.json.utf8) }
  }

  mutating func take(_ slice: MissionSlice) {
    begin(slice.source, slice.mediaType)
    bytes.append(contentsOf: slice.languages.utf8)
    bytes.append(0)
    if !slice.values.isEmpty { bytes.append(contentsOf: slice.values.json.utf8) }
  }

  /// Of a row whose first columns are `SliceColumns.list`.
  mutating func take(_ row: SQLiteStatement) {
    bytes.removeAll(keepingCapacity: true)
    row.withTextBytes(0) { bytes.append(contentsOf: $0) }
    bytes.append(0)
    bytes.append(Self.byte(row.integer(1)))
    row.withTextBytes(2) { bytes.append(contentsOf: $0) }
    bytes.append(0)
    row.withTextBytes(3) { bytes.append(contentsOf: $0) }
  }

  static func slice(_ key: some Collection<UInt8>) -> MissionSlice {
    let source = key.prefix { $0 != 0 }
    let behind = key.dropFirst(source.count + 1)
    let languages = behind.dropFirst().prefix { $0 != 0 }
    let values = behind.dropFirst(languages.count + 2)
    return MissionSlice(
      source: String(decoding: source, as: UTF8.self),
      mediaType: behind.first.flatMap { MediaType(stored: Int64($0) - mediaBase) },
      languages: String(decoding: languages, as: UTF8.self),
      values: values.isEmpty
        ? ParameterValues() : ParameterValues(json: String(decoding: values, as: UTF8.self)))
  }

  /// Added to the stored media type, so that none, -1, is no zero byte.
  private static let mediaBase: Int64 = 2

  private static func byte(_ mediaType: Int64) -> UInt8 { UInt8(truncatingIfNeeded: mediaType + mediaBase) }

  private mutating func begin(_ source: String, _ mediaType: MediaType?) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: source.utf8)
    bytes.append(0)
    bytes.append(Self.byte(mediaType.stored))
  }
}

/// The columns that name a row's slice.
enum SliceColumns {
  static let list = "source, media_type, languages, parameters"
  /// The column behind them.
  static let count: Int32 = 4

  /// The slice that a row names.
  static func slice(_ row: SQLiteStatement) -> MissionSlice {
    MissionSlice(
      source: row.text(0) ?? "", mediaType: MediaType(stored: row.integer(1)), languages: row.text(2) ?? "",
      values: row.parameters(3))
  }
}
