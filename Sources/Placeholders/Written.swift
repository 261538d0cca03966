import YAML

/// A value of the configuration with the place where it stands, for rules that are checked once all of a section is read.
package struct Written<Value: Sendable>: Sendable {
  package var value: Value
  package let mark: YAMLMark
  /// The key's, `sources.apify.start.body.from`.
  package let path: String

  package init(_ value: Value, mark: YAMLMark, path: String) {
    self.value = value
    self.mark = mark
    self.path = path
  }
}
