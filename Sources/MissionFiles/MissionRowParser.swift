import MissionCore

/// Turns records into missions. Rows of a file repeat few media types, languages and sources, so those are
/// read once and looked up by their bytes afterwards.
struct MissionRowParser {
  struct Fault: Error {
    let line: Int
    let column: Int
    let message: Message
  }

  enum Output {
    case row(MissionRow)
    case fault(Fault)
  }

  private let columns: [MissionHeader.Column]
  private let fixedFields: [(index: Int, column: MissionColumn)]
  let parameterFields: [ParameterField]
  private let accepted: MissionSources
  private let defaultSource: SourceDeclaration?
  /// Whether there is a source whose rows need no media type and no languages.
  private let allowsNoMedia: Bool
  private let makesIDs: Bool
  private var identity = MissionIdentity()
  private var languages = WordCache<[String]>()
  private var sources = WordCache<SourceDeclaration>()

  /// - Parameter makesIDs: as `MissionFileReader.read` says.
  init(header: MissionHeader, sources: MissionSources, makesIDs: Bool = true) {
    self.makesIDs = makesIDs
    columns = header.columns
    fixedFields = columns.enumerated().compactMap { index, column in
      if case .fixed(let column) = column { (index, column) } else { nil }
    }
    parameterFields = columns.enumerated().compactMap { index, column in
      if case .parameter(let name) = column { ParameterField(index: index, name: name) } else { nil }
    }
    accepted = sources
    allowsNoMedia = !sources.requiredColumns.contains(.mediaType)
    defaultSource = sources.declaration(of: "default")
  }

  /// What one row's fields gave so far.
  private struct Draft {
    var start: CalendarDay?
    var end: CalendarDay?
    var endField = 0
    var mediaType: MediaType?
    var languages: [String] = []
    var source: SourceDeclaration?
    var priority = 0
  }

  mutating func parse(_ record: CSVRecord, line: Int) -> Output {
    guard record.fieldCount == columns.count else { return .fault(raggedRow(record, line: line)) }
    var draft = Draft()
    draft.source = defaultSource
    for (index, column) in fixedFields {
      if let message = read(column, record.bytes(of: index), into: &draft) {
        return .fault(fault(record, index, "\(column.rawValue) \(message)"))
      }
      if column == .dateEnd { draft.endField = index }
    }
    guard let start = draft.start, let end = draft.end else {
      return .fault(Fault(line: line, column: 1, message: "the row has no dates"))
    }
    guard start <= end else {
      let message: Message =
        "date_end \(end) is before date_start \(start); accepted: the same day or a later one"
      return .fault(fault(record, draft.endField, message))
    }
    guard let source = draft.source else {
      return .fault(missing("source", record, line, accepted: accepted.accepted))
    }
    do throws(Fault) {
      let values = try values(of: source, record, line)
      try checkMedia(draft.mediaType, draft.languages, of: source, record, line)
      let parameters = MissionParameters(
        source: source.name, dateStart: start, dateEnd: end, mediaType: draft.mediaType,
        languages: draft.languages, values: values)
      let id =
        makesIDs ? identity.id(of: parameters, needsMedia: source.needsMedia) : MissionID(high: 0, low: 0)
      return .row(MissionRow(id: id, parameters: parameters, priority: draft.priority, line: line))
    } catch { return .fault(error) }
  }

  // MARK: Fields

  /// What is wrong with the field, or nil once it is in the draft.
  private mutating func read(
    _ column: MissionColumn, _ bytes: UnsafeBufferPointer<UInt8>, into draft: inout Draft
  ) -> Message? {
    switch column {
    case .dateStart:
      draft.start = CalendarDay(bytes: bytes)
      return draft.start == nil ? dateRefusal(bytes) : nil
    case .dateEnd:
      draft.end = CalendarDay(bytes: bytes)
      return draft.end == nil ? dateRefusal(bytes) : nil
    case .source where bytes.isEmpty:
      if draft.source == nil { return refusal(bytes, accepted.accepted) }
    case .mediaType where bytes.isEmpty && allowsNoMedia, .languages where bytes.isEmpty && allowsNoMedia,
      .priority where bytes.isEmpty:
      return nil
    case .mediaType:
      guard let mediaType = Self.mediaType(bytes) else { return refusal(bytes, Self.mediaTypes) }
      draft.mediaType = mediaType
    case .languages:
      guard let codes = languages.value(for: bytes, reading: LanguageList.parse) else {
        return refusal(bytes, LanguageList.accepted)
      }
      draft.languages = codes
    case .source:
      let known = sources.value(for: bytes) { [accepted] in Self.source($0).flatMap(accepted.declaration) }
      guard let source = known else { return refusal(bytes, accepted.accepted) }
      draft.source = source
    case .priority:
      guard let priority = Self.priority(bytes) else {
        return refusal(bytes, "a whole number of \(Int32.min)...\(Int32.max)")
      }
      draft.priority = priority
    }
    return nil
  }

  static let mediaTypes: Message = "all, video or image"

  private static func mediaType(_ bytes: UnsafeBufferPointer<UInt8>) -> MediaType? {
    MediaType.allCases.first { bytes.elementsEqual($0.rawValue.utf8) }
  }

  private static func source(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
    guard (1...64).contains(bytes.count), isLowerAlphanumeric(bytes[0]),
      bytes.allSatisfy({ isLowerAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func priority(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (1...11).contains(bytes.count), bytes[0] != UInt8(ascii: "+") else { return nil }
    return Int32(String(decoding: bytes, as: UTF8.self)).map(Int.init)
  }

  // MARK: Faults

  func dateRefusal(_ bytes: UnsafeBufferPointer<UInt8>) -> Message {
    let looksRight =
      bytes.count == 10
      && bytes.indices.allSatisfy { index in
        index == 4 || index == 7 ? bytes[index] == UInt8(ascii: "-") : (0x30...0x39).contains(bytes[index])
      }
    if looksRight {
      return "\(String(decoding: bytes, as: UTF8.self)) is not in the calendar; accepted: YYYY-MM-DD"
    }
    return refusal(bytes, "YYYY-MM-DD")
  }

  func refusal(_ bytes: UnsafeBufferPointer<UInt8>, _ accepted: Message) -> Message {
    if bytes.isEmpty { return "is empty; accepted: \(accepted)" }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      return "is not UTF-8; accepted: \(accepted)"
    }
    let shown = UntrustedText.clean(bytes: bytes, limit: 40)
    let unseen = UnseenCharacters(bytes).names
    guard let first = unseen.first else { return "is \(shown); accepted: \(accepted)" }
    if shown.isEmpty { return "is nothing but \(first); accepted: \(accepted)" }
    guard unseen.count > 1 else { return "is \(shown) with \(first); accepted: \(accepted)" }
    return "is \(shown) with \(first) and \(unseen[1]); accepted: \(accepted)"
  }

  private func raggedRow(_ record: CSVRecord, line: Int) -> Fault {
    let count = record.fieldCount
    let word: Message = count == 1 ? "field" : "fields"
    var message: Message = "the row has \(count) \(word), the header has \(columns.count)"
    if count > columns.count, columns.contains(.fixed(.languages)) {
      message += "; several languages need quotes: \"pt,eng\""
    } else if let separator = MissionHeader.separator(in: record.bytes(of: 0)) {
      message += "; \(separator) stand between the fields, accepted: commas"
    }
    let place = record.field(count > columns.count ? columns.count : count - 1)
    return Fault(line: place.line, column: place.column, message: message)
  }

  /// The field that holds a column; nil when the file does not have it.
  func field(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  func fault(_ record: CSVRecord, _ index: Int, _ message: Message) -> Fault {
    let field = record.field(index)
    return Fault(line: field.line, column: field.column, message: message)
  }
}
