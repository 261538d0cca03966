import CYAML

/// One YAML document as a tree of nodes with their places.
///
/// Reads through libyaml's events. What makes YAML surprising or costly is refused: aliases, anchors, merge
/// keys, tags, repeated keys, a second document, deep nesting, encodings other than UTF-8. It knows nothing of
/// what the keys mean.
public struct YAMLDocument: Sendable {
  /// A larger text is refused before it is looked at.
  public static let largestSize = 1 << 20
  /// Mappings and sequences inside one another.
  public static let deepestNesting = 32

  /// Nil when the text could not be read to its end.
  public let root: YAMLNode?
  /// In the order they were met. Reading goes on after those that leave the structure clear.
  public let problems: [YAMLProblem]

  public init(reading bytes: [UInt8]) {
    var problems: [YAMLProblem] = []
    do {
      root = try bytes.withUnsafeBufferPointer { buffer throws(YAMLProblem) in
        let text = try YAMLPrescan.check(buffer)
        var composer = YAMLComposer(events: YAMLEventReader(text: text))
        defer { problems = composer.problems }
        return try composer.document()
      }
    } catch {
      root = nil
      problems.append(error)
    }
    self.problems = problems
  }
}
