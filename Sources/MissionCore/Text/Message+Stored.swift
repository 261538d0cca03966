import JSONStream

// As the journal keeps it beside the English text: `{"version":1,"said":[["{} answered {} to {}","worker-1","500",…],…]}`.
// Each list is a clause, its key first. An argument is a value, `{"foreign":"…"}`, or a list of clauses.
extension Message {
  private static let storedVersion = 1
  /// Bytes of the form at the most; what is longer is kept as its text alone.
  private static let longestStored = 16 << 10
  /// Messages inside each other.
  private static let deepestStored = 8

  /// Nil when it is nothing but a finished text in our words.
  package var stored: String? {
    guard !isFinished, depth <= Self.deepestStored else { return nil }
    var json = JSONWriter()
    json.beginObject()
    json.key("version")
    json.value(Self.storedVersion)
    json.key("said")
    write(to: &json)
    json.endObject()
    return json.bytes.count <= Self.longestStored ? json.text : nil
  }

  /// What `stored` wrote, or the English text where there is nothing of the kind.
  package init(stored: String?, text: String) {
    self = stored.flatMap { Message(stored: $0, saying: text) } ?? "\(text)"
  }

  /// Reads what `stored` wrote; nil for anything else, and when it does not say `text`: somebody else wrote one of them.
  package init?(stored: String, saying text: String) {
    guard stored.utf8.count <= Self.longestStored else { return nil }
    var stored = stored
    let clauses: [Clause]? = stored.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      do throws(JSONError) {
        let members = try JSONScanner.members(of: bytes)
        guard let version = members.first(where: { $0.key == "version" && $0.value.kind == .number }),
          JSONText.integer(bytes, version.value.range) == Int64(Self.storedVersion),
          let said = members.first(where: { $0.key == "said" && $0.value.kind == .array })
        else { return nil }
        return try Self.clauses(
          UnsafeRawBufferPointer(rebasing: bytes[said.value.range]), left: Self.deepestStored)
      } catch { return nil }
    }
    guard let clauses else { return nil }
    self.init(clauses: clauses)
    guard plain == text else { return nil }
  }

  /// The form as a member of other JSON; null where there is none.
  package struct Form: JSONWritable {
    fileprivate let stored: String?

    package func writeJSON(to json: inout JSONWriter) { stored.map { json.raw($0) } ?? json.null() }
  }

  package var form: Form { Form(stored: stored) }

  private var isFinished: Bool {
    clauses.allSatisfy { clause in
      clause.pieces.allSatisfy(\.isEmpty)
        && clause.arguments.allSatisfy {
          if case .value(let text) = $0 { ForeignWords.plain(text) == text } else { false }
        }
    }
  }

  private var depth: Int {
    let inner = clauses.flatMap(\.arguments).map {
      if case .message(let inner) = $0 { inner.depth } else { 0 }
    }
    return 1 + (inner.max() ?? 0)
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.beginArray()
    for clause in clauses {
      json.beginArray()
      json.value(clause.key)
      for argument in clause.arguments { argument.write(to: &json) }
      json.endArray()
    }
    json.endArray()
  }

  fileprivate static func clauses(
    _ bytes: UnsafeRawBufferPointer, left: Int
  ) throws(JSONError) -> [Clause]? {
    guard left > 0 else { return nil }
    var reader = JSONArrayReader(bytes)
    var clauses: [Clause] = []
    while let element = try reader.next() {
      guard element.value.kind == .array,
        let clause = try clause(UnsafeRawBufferPointer(rebasing: bytes[element.value.range]), left: left)
      else { return nil }
      clauses.append(clause)
    }
    return clauses
  }

  private static func clause(_ bytes: UnsafeRawBufferPointer, left: Int) throws(JSONError) -> Clause? {
    var reader = JSONArrayReader(bytes)
    guard let key = try reader.next(), key.value.kind == .string else { return nil }
    var arguments: [Argument] = []
    while let element = try reader.next() {
      guard let argument = try Argument(bytes, element.value, left: left) else { return nil }
      arguments.append(argument)
    }
    let pieces = JSONText.string(bytes, key.value.range).split(
      separator: "{}", omittingEmptySubsequences: false)
    guard pieces.count == arguments.count + 1 else { return nil }
    return Clause(pieces: pieces.map(String.init), arguments: arguments)
  }
}

extension Message.Argument {
  fileprivate func write(to json: inout JSONWriter) {
    switch self {
    case .value(let text): json.value(text)
    case .foreign(let words):
      json.beginObject()
      json.key("foreign")
      json.value(words)
      json.endObject()
    case .message(let message): message.write(to: &json)
    }
  }

  fileprivate init?(_ bytes: UnsafeRawBufferPointer, _ value: JSONValue, left: Int) throws(JSONError) {
    let own = UnsafeRawBufferPointer(rebasing: bytes[value.range])
    switch value.kind {
    case .string: self = .value(JSONText.string(bytes, value.range))
    case .object:
      guard let member = try JSONScanner.members(of: own).first, member.key == "foreign",
        member.value.kind == .string
      else { return nil }
      self = .foreign(JSONText.string(own, member.value.range))
    case .array:
      guard let clauses = try Message.clauses(own, left: left - 1) else { return nil }
      self = .message(Message(clauses: clauses))
    default: return nil
    }
  }
}
