import Messages

/// Something in a document that is refused: what is wrong, and where.
public struct YAMLProblem: Error, Hashable, Sendable {
  public let mark: YAMLMark
  /// Lower case, without a full stop; never holds a value of the document.
  public let message: Message

  public init(mark: YAMLMark, message: Message) {
    self.mark = mark
    self.message = message
  }
}
