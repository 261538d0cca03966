import MissionCore
import URI

// The further columns of a row: what its source says they must be (SOURCES 1).
extension MissionRowParser {
  /// The field that holds a parameter.
  struct ParameterField {
    let index: Int
    let name: String
  }

  /// The largest lengths, percent-encoded: a store keeps 2 KiB of metadata for an object.
  private enum Limit {
    static let value = 256
    static let values = 1024
    /// As JSON, with the names.
    static let json = 1536
  }

  func values(of source: SourceDeclaration, _ record: CSVRecord, _ line: Int) throws(Fault) -> ParameterValues
  {
    if parameterFields.isEmpty, source.parameters.isEmpty { return ParameterValues() }
    var entries: [ParameterValues.Entry] = []
    for field in parameterFields {
      let bytes = record.bytes(of: field.index)
      if bytes.isEmpty { continue }
      guard let parameter = source.parameters.first(where: { $0.name == field.name }) else {
        throw fault(
          record, field.index,
          "\(field.name) is no parameter of the source \(source.name); accepted: an empty field")
      }
      guard let value = Self.value(bytes, parameter.type) else {
        throw fault(record, field.index, "\(field.name) \(refusal(bytes, of: parameter.type))")
      }
      entries.append(ParameterValues.Entry(name: field.name, value: value))
    }
    for parameter in source.parameters where parameter.isRequired {
      if entries.contains(where: { $0.name == parameter.name }) { continue }
      throw missing(parameter.name, record, line, accepted: parameter.type.accepted)
    }
    let values = ParameterValues(entries)
    try checkLength(of: values, record)
    return values
  }

  /// That a row of a source which needs them has a media type and languages, in a file that may lack them.
  func checkMedia(
    _ mediaType: MediaType?, _ languages: [String], of source: SourceDeclaration, _ record: CSVRecord,
    _ line: Int
  ) throws(Fault) {
    guard source.needsMedia else { return }
    if mediaType == nil {
      throw missing(MissionColumn.mediaType.rawValue, record, line, accepted: Self.mediaTypes)
    }
    if languages.isEmpty {
      throw missing(MissionColumn.languages.rawValue, record, line, accepted: LanguageList.accepted)
    }
  }

  /// A value that the row's source asks for: its field is empty, or the file has no such column.
  func missing(_ name: String, _ record: CSVRecord, _ line: Int, accepted: String) -> Fault {
    guard let index = field(of: name) else {
      return Fault(line: line, column: 1, message: "the row has no \(name); accepted: \(accepted)")
    }
    return fault(record, index, "\(name) is empty; accepted: \(accepted)")
  }

  private static func value(_ bytes: UnsafeBufferPointer<UInt8>, _ type: ParameterType) -> ParameterValue? {
    String(validating: bytes, as: UTF8.self).flatMap(type.value)
  }

  private func refusal(_ bytes: UnsafeBufferPointer<UInt8>, of type: ParameterType) -> String {
    type == .date ? dateRefusal(bytes) : refusal(bytes, type.accepted)
  }

  private func checkLength(of values: ParameterValues, _ record: CSVRecord) throws(Fault) {
    var sum = 0
    for entry in values.entries {
      let length = PercentEncoding.length(of: entry.value.text)
      sum += length
      guard length <= Limit.value else {
        throw tooLong(entry, record, Limit.value, "\(entry.name) is \(length) bytes long")
      }
    }
    guard let last = values.entries.last else { return }
    guard sum <= Limit.values else {
      throw tooLong(last, record, Limit.values, "the parameters are \(sum) bytes long together")
    }
    let length = values.percentEncodedJSON.utf8.count
    guard length <= Limit.json else {
      throw tooLong(last, record, Limit.json, "the parameters with their names are \(length) bytes long")
    }
  }

  private func tooLong(
    _ entry: ParameterValues.Entry, _ record: CSVRecord, _ limit: Int, _ what: String
  ) -> Fault {
    // A value comes from a field.
    fault(record, field(of: entry.name) ?? 0, "\(what), percent-encoded; accepted: at most \(limit)")
  }
}

extension ParameterType {
  /// What a cell may hold, for messages.
  var accepted: String {
    switch self {
    case .text: return "text"
    case .integer: return "a whole number of at most 18 digits, without + and leading zeros"
    case .date: return "YYYY-MM-DD"
    case .words(let words): return words.joined(separator: ", ")
    }
  }
}
