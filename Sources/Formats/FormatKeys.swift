import KeyTable

/// A section of config.yaml that says how a result's bytes become records. A kind of source puts `formatKeys` among its
/// own keys, and calls `checkFormat` in its `check`.
package protocol FormattedSection: ConfigurationSection {
  var format: ResultFormat { get set }
}

extension FormattedSection {
  /// `format`, and what belongs to one format alone.
  package static var formatKeys: [Key<Self>] {
    [
      Key("format", \.format.kind, .choice, "How its bytes are read"),
      Key(
        "at", \.format.at, Codec.text(TextRule.pointer, emptyIsValue: true).optional,
        "Of json: a JSON Pointer to the array of records, or to the one record"),
      Key(
        "delimiter", \.format.delimiter, Codec.delimiter.optional,
        "Of csv: the one ASCII character between fields; a comma when absent"),
      Key(
        "encoding", \.format.encoding, Codec<ResultFormat.Encoding>.choice.optional,
        "Of csv: how bytes are characters; utf-8 when absent"),
      Key(
        "streams", \.format.streams, Codec.words(of: .text(TextRule.stream)).optional,
        "Of singer: the streams whose records count; all when absent"),
    ]
  }
}
