/// Something in a document that is refused: what is wrong, and where.
package struct YAMLProblem: Error, Hashable, Sendable {
  package let mark: YAMLMark
  /// Lower case, without a full stop; never holds a value of the document.
  package let message: String

  package init(mark: YAMLMark, message: String) {
    self.mark = mark
    self.message = message
  }
}
