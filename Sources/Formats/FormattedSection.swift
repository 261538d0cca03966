import JSONStream
import KeyTable
import MissionCore
import YAML

extension FormattedSection {
  /// Refuses what does not belong to the format. `path` is the section's own, with a dot at its end.
  package func checkFormat(_ reader: inout ConfigurationReader, path: String) {
    guard !reader.isRefused(path + "format") else { return }
    let options: [(name: String, isWritten: Bool, kind: ResultFormat.Kind)] = [
      ("at", format.at != nil, .json), ("delimiter", format.delimiter != nil, .csv),
      ("encoding", format.encoding != nil, .csv), ("streams", format.streams != nil, .singer),
    ]
    for option in options where option.isWritten && option.kind != format.kind {
      reader.report(
        at: path + option.name,
        "\(path)\(option.name) belongs to the format \(option.kind.rawValue), not to \(format.kind.rawValue)")
    }
    if format.streams == [] { reader.report(at: path + "streams", "\(path)streams names no stream") }
  }
}

extension Codec where Value == UInt8 {
  /// One ASCII character that may stand between the fields of a CSV file; a tab is one, too.
  static var delimiter: Codec {
    let accepts: Message =
      "must be one ASCII character like \";\" or \"\\t\", and not a quote or a line end"
    return Codec(
      kind: .text,
      read: { reader, input, path in
        switch input.node.content {
        case .refused: return .refused
        case .scalar(let text, _):
          if let byte = text.utf8.first, text.utf8.count == 1, CSVDialect.canSeparate(byte) {
            return .value(byte)
          }
        default: break
        }
        reader.report(input, "\(path) \(accepts)")
        return .refused
      }, render: { .text(String(Unicode.Scalar($0))) })
  }
}

extension Codec where Value == JSONPointer {
  static var place: Codec {
    .scalar(
      .text, accepts: "must be a JSON Pointer like /data/items, or empty for the whole document",
      emptyIsValue: true, parse: { text, _ in ParsedValue(JSONPointer(text)) },
      render: { .text($0.description) })
  }
}

extension TextRule {
  /// The name of one of Singer's streams.
  @Sendable package static func stream(_ text: String) -> Message? {
    text.utf8.count <= SingerConverter.longestStream
      ? nil : "must be at most \(SingerConverter.longestStream) bytes"
  }
}
