/// A value of a YAML document, with the place where it begins.
public struct YAMLNode: Sendable {
  public let mark: YAMLMark
  public let content: Content

  public init(mark: YAMLMark, content: Content) {
    self.mark = mark
    self.content = content
  }

  public indirect enum Content: Sendable {
    /// `isPlain` is false for quoted text and block scalars, which are never numbers, flags or null.
    case scalar(String, isPlain: Bool)
    /// In the order of the file; keys are unique.
    case mapping([Pair])
    case sequence([YAMLNode])
    /// Something that a problem of the document tells of already.
    case refused
  }

  /// One entry of a mapping, in the order of the file.
  public struct Pair: Sendable {
    public let key: String
    public let keyMark: YAMLMark
    public let value: YAMLNode

    public init(key: String, keyMark: YAMLMark, value: YAMLNode) {
      self.key = key
      self.keyMark = keyMark
      self.value = value
    }
  }

  /// Whether this is YAML's null: nothing, `~` or `null`, not quoted.
  public var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
