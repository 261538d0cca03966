extension Message {
  /// `a or b or c`.
  public static func or(_ names: [String]) -> Message {
    names.dropFirst().reduce("\(names.first ?? "")") { "\($0) or \($1)" }
  }

  /// `a and b and c`.
  public static func and(_ names: [String]) -> Message {
    names.dropFirst().reduce("\(names.first ?? "")") { "\($0) and \($1)" }
  }
}

extension Sequence<Message> {
  /// One behind the other; what stands between them is the same in every language.
  public func joined(by separator: String) -> Message {
    let arguments = map { Message.Argument.message($0) }
    guard !arguments.isEmpty else { return "" }
    let between = [String](repeating: separator, count: arguments.count - 1)
    return Message(clauses: [Message.Clause(pieces: [""] + between + [""], arguments: arguments)])
  }
}
