import MissionCore

// The further columns of a row: what its source says they must be (SOURCES 1).
extension MissionRowParser {
  /// The field that holds a parameter.
  struct ParameterField {
    let index: Int
    let name: String
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
      guard !parameter.refuses(value) else {
        let refusal = refusal(bytes, ParameterDeclaration.acceptedArgument)
        throw fault(record, field.index, "\(field.name) \(refusal)")
      }
      entries.append(ParameterValues.Entry(name: field.name, value: value))
    }
    for parameter in source.parameters where parameter.isRequired {
      if entries.contains(where: { $0.name == parameter.name }) { continue }
      throw missing(parameter.name, record, line, accepted: parameter.type.accepted)
    }
    let values = ParameterValues(entries)
    if let fault = ParameterLimits.fault(of: values) {
      // A value comes from a field.
      throw self.fault(record, field(of: fault.name) ?? 0, fault.rule)
    }
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
  func missing(_ name: String, _ record: CSVRecord, _ line: Int, accepted: Message) -> Fault {
    guard let index = field(of: name) else {
      return Fault(line: line, column: 1, message: "the row has no \(name); accepted: \(accepted)")
    }
    return fault(record, index, "\(name) is empty; accepted: \(accepted)")
  }

  private static func value(_ bytes: UnsafeBufferPointer<UInt8>, _ type: ParameterType) -> ParameterValue? {
    String(validating: bytes, as: UTF8.self).flatMap(type.value)
  }

  private func refusal(_ bytes: UnsafeBufferPointer<UInt8>, of type: ParameterType) -> Message {
    type == .date ? dateRefusal(bytes) : refusal(bytes, type.accepted)
  }
}
