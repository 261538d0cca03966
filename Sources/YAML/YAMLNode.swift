/// A value of a YAML document, with the place where it begins.
package struct YAMLNode: Sendable {
  package let mark: YAMLMark
  package let content: Content

  package init(mark: YAMLMark, content: Content) {
    self.mark = mark
    self.content = content
  }

  package indirect enum Content: Sendable {
    /// `isPlain` is false for quoted text and block scalars, which are never numbers, flags or null.
    case scalar(String, isPlain: Bool)
    /// In the order of the file; keys are unique.
    case mapping([Pair])
    case sequence([YAMLNode])
    /// Something that a problem of the document tells of already.
    case refused
  }

  package struct Pair: Sendable {
    package let key: String
    package let keyMark: YAMLMark
    package let value: YAMLNode

    package init(key: String, keyMark: YAMLMark, value: YAMLNode) {
      self.key = key
      self.keyMark = keyMark
      self.value = value
    }
  }

  /// Whether this is YAML's null: nothing, `~` or `null`, not quoted.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
