import JSONStream

/// How a result's bytes become records (SOURCES 4): the format, and what belongs to it alone.
package struct ResultFormat: Hashable, Sendable {
  /// The four formats, in the words of the file.
  package enum Kind: String, CaseIterable, Sendable {
    /// One JSON document; an array of records, or one object that is a record.
    case json
    /// JSON Lines: one object a line.
    case lines
    /// RFC 4180 with a header; each row an object of texts.
    case csv
    /// The `record` of Singer's RECORD messages, one a line.
    case singer
  }

  /// How a text's bytes are characters.
  package enum Encoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case latin1
    case windows1252 = "windows-1252"
  }

  package var kind = Kind.json
  /// Of `json`: a JSON Pointer (RFC 6901) to the records; nil for the source's own place.
  package var at: JSONPointer?
  /// Of `csv`: the ASCII character between fields; nil for the comma.
  package var delimiter: UInt8?
  /// Of `csv`; nil for UTF-8.
  package var encoding: Encoding?
  /// Of `singer`: the streams that count; nil for all.
  package var streams: [String]?

  package init(_ kind: Kind = .json) { self.kind = kind }
}
