import CYAML
import Messages

/// An event of libyaml with what the composer needs of it.
struct YAMLEvent {
  enum Kind {
    case documentStart, streamEnd, other
    case alias
    case scalar(String, isPlain: Bool)
    case sequenceStart, mappingStart, collectionEnd
  }

  let kind: Kind
  let mark: YAMLMark
  var hasAnchor = false
  var hasTag = false
}

/// libyaml's parser over bytes that outlive it.
final class YAMLEventReader {
  // libyaml keeps pointers into its own structure, so it needs an address that does not move.
  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let text: UnsafeBufferPointer<UInt8>

  init(text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    parser.initialize(to: yaml_parser_t())
    // Fails only without memory, and a parser of zeroes then reports an error at the first event.
    _ = yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func next() throws(YAMLProblem) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { yaml_event_delete(&event) }
    let mark = Self.mark(event.start_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, mark: mark)
    case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, mark: mark)
    case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, mark: mark)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .collectionEnd, mark: mark)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return YAMLEvent(
        kind: .sequenceStart, mark: mark, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return YAMLEvent(
        kind: .mappingStart, mark: mark, hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let value = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return YAMLEvent(
        kind: .scalar(value, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), mark: mark,
        hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
    default: return YAMLEvent(kind: .other, mark: mark)
    }
  }

  private static func mark(_ mark: yaml_mark_t) -> YAMLMark {
    YAMLMark(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  /// libyaml's complaint in our words where those are clearer.
  private func problem() -> YAMLProblem {
    let state = parser.pointee
    let complaint = state.problem.map { String(cString: $0) }
    let said: Message = complaint.map { "\(foreign: $0)" } ?? "cannot be read"
    if state.error == YAML_READER_ERROR {
      return YAMLProblem(mark: .locate(offset: Int(state.problem_offset), in: text), message: said)
    }
    let place = Self.mark(state.problem_mark)
    let context = state.context.map { String(cString: $0) } ?? ""
    if context == "while scanning a quoted scalar", complaint == "found unexpected end of stream" {
      return YAMLProblem(mark: Self.mark(state.context_mark), message: "this quote is never closed")
    }
    if context == "while scanning a simple key" {
      return YAMLProblem(mark: Self.mark(state.context_mark), message: "a `:` is missing after this key")
    }
    if byte(at: Int(state.problem_mark.index)) == UInt8(ascii: "\t") {
      return YAMLProblem(mark: place, message: "a tab cannot indent here; use spaces")
    }
    return YAMLProblem(mark: place, message: said)
  }

  /// The byte where the scalar of this number begins: libyaml's index counts scalars.
  private func byte(at scalarIndex: Int) -> UInt8? {
    var remaining = scalarIndex
    for byte in text where byte & 0xC0 != 0x80 {
      if remaining == 0 { return byte }
      remaining -= 1
    }
    return nil
  }
}
