import MissionCore

/// Which field of a row holds which column.
struct MissionHeader {
  enum Column: Hashable {
    case fixed(MissionColumn)
    /// A parameter that a source declares.
    case parameter(String)

    var name: String {
      switch self {
      case .fixed(let column): return column.rawValue
      case .parameter(let name): return name
      }
    }
  }

  let columns: [Column]

  struct Fault: Error {
    let line: Int
    let column: Int
    let message: Message
  }

  init(_ record: CSVRecord, for sources: MissionSources) throws(Fault) {
    var columns: [Column] = []
    for index in 0..<min(record.fieldCount, record.keptFields) {
      let field = record.field(index)
      let name = String(decoding: record.bytes(of: index), as: UTF8.self)
      guard let column = sources.column(name) else {
        throw Fault(
          line: field.line, column: field.column,
          message: "\(Self.unknown(name, record.bytes(of: index))); \(Self.accepted(sources))")
      }
      guard !columns.contains(column) else {
        throw Fault(
          line: field.line, column: field.column,
          message: "the column \(name) is repeated; \(Self.accepted(sources))")
      }
      columns.append(column)
    }
    let missing = sources.requiredColumns.filter { !columns.contains(.fixed($0)) }.map(\.rawValue)
    guard missing.isEmpty else {
      let first = record.field(0)
      let word: Message = missing.count == 1 ? "column" : "columns"
      throw Fault(
        line: first.line, column: first.column,
        message: "the header lacks the \(word) \(missing.joined(separator: ", ")); \(Self.accepted(sources))")
    }
    self.columns = columns
  }

  /// What is wrong with a name that is no column's.
  private static func unknown(_ name: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Message {
    if let separator = separator(in: bytes) {
      return "\(separator) stand between the fields instead of commas"
    }
    if name.isEmpty { return "a column without a name" }
    let shown = UntrustedText.clean(name, limit: 40)
    guard let unseen = UnseenCharacters(bytes).names.first else { return "unknown column \(shown)" }
    return shown.isEmpty
      ? "a column whose name is nothing but \(unseen)" : "unknown column \(shown) with \(unseen)"
  }

  /// What a spreadsheet may have put between the fields where commas belong.
  static func separator(in bytes: UnsafeBufferPointer<UInt8>) -> Message? {
    if bytes.contains(UInt8(ascii: ";")) { return "semicolons" }
    return bytes.contains(UInt8(ascii: "\t")) ? "tabs" : nil
  }

  private static func accepted(_ sources: MissionSources) -> Message {
    let required = sources.requiredColumns.map(\.rawValue).joined(separator: ",")
    let others = MissionColumn.allCases.filter { !sources.requiredColumns.contains($0) }.map(\.rawValue)
    let optional = others + sources.parameterNames
    return
      "accepted: \(required), and \(optional.dropLast().joined(separator: ", ")) and \(optional.last ?? "") if wanted"
  }
}
