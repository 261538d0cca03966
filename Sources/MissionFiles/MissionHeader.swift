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
        let shown =
          name.isEmpty ? "a column without a name" : "unknown column \(UntrustedText.clean(name, limit: 40))"
        throw Fault(line: field.line, column: field.column, message: "\(shown); \(Self.accepted)")
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

  private static let accepted: String = {
    let required = MissionColumn.allCases.filter(\.isRequired).map(\.rawValue).joined(separator: ",")
    return "accepted: \(required), and source and priority if wanted"
  }()
}
