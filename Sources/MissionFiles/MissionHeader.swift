import MissionCore

/// Which field of a row holds which column.
struct MissionHeader {
  let columns: [MissionColumn]

  struct Fault: Error {
    let line: Int
    let column: Int
    let message: String
  }

  init(_ record: CSVRecord) throws(Fault) {
    var columns: [MissionColumn] = []
    for index in 0..<min(record.fieldCount, CSVRecord.keptFields) {
      let field = record.field(index)
      let name = String(decoding: record.bytes(of: index), as: UTF8.self)
      guard let column = MissionColumn(rawValue: name) else {
        throw Fault(
          line: field.line, column: field.column,
          message: "\(Self.unknown(name, record.bytes(of: index))); \(Self.accepted)")
      }
      guard !columns.contains(column) else {
        throw Fault(
          line: field.line, column: field.column, message: "the column \(name) is repeated; \(Self.accepted)")
      }
      columns.append(column)
    }
    let missing = MissionColumn.allCases.filter { $0.isRequired && !columns.contains($0) }.map(\.rawValue)
    guard missing.isEmpty else {
      let first = record.field(0)
      let word = missing.count == 1 ? "column" : "columns"
      throw Fault(
        line: first.line, column: first.column,
        message: "the header lacks the \(word) \(missing.joined(separator: ", ")); \(Self.accepted)")
    }
    self.columns = columns
  }

  /// What is wrong with a name that is no column's.
  private static func unknown(_ name: String, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
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
  static func separator(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if bytes.contains(UInt8(ascii: ";")) { return "semicolons" }
    return bytes.contains(UInt8(ascii: "\t")) ? "tabs" : nil
  }

  private static let accepted: String = {
    let required = MissionColumn.allCases.filter(\.isRequired).map(\.rawValue).joined(separator: ",")
    return "accepted: \(required), and source and priority if wanted"
  }()
}
