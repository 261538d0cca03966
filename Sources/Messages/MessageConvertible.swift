/// What people read as a message, an error above all; its description is the English text.
public protocol MessageConvertible: CustomStringConvertible {
  var message: Message { get }
}

extension Message {
  /// What an error says; one that is not ours says it in words that no catalogue knows.
  public init(of error: any Error) {
    self = (error as? any MessageConvertible)?.message ?? "\(error)"
  }
}

extension MessageConvertible {
  public var description: String { message.plain }
}
