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
    let accepts = "must be one ASCII character like \";\" or \"\\t\", and not a quote or a line end"
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

extension TextRule {
  /// RFC 6901.
  @Sendable package static func pointer(_ text: String) -> String? {
    let rule = "must be a JSON Pointer like /data/items, or empty for the whole document"
    guard text.isEmpty || text.hasPrefix("/") else { return rule }
    let tildes = text.split(separator: "~", omittingEmptySubsequences: false).dropFirst()
    return tildes.allSatisfy { $0.hasPrefix("0") || $0.hasPrefix("1") } ? nil : rule
  }

  /// The name of one of Singer's streams.
  @Sendable package static func stream(_ text: String) -> String? {
    text.utf8.count <= SingerConverter.longestStream
      ? nil : "must be at most \(SingerConverter.longestStream) bytes"
  }
}
