/// A text for people as what it is made of: keys, which the catalogues of other languages know, and arguments.
///
/// It is written as an English sentence, `"\(worker) answered \(status) to \(request)"`: the literal is the key
/// (`{} answered {} to {}`), what is interpolated are its arguments: a message is one inside the other, a text is a value
/// that is the same in every language, or words of others: `\(foreign: words)`. Two messages that read the same are equal.
public struct Message: Hashable, Sendable {
  /// What one literal says.
  public struct Clause: Sendable {
    /// What stands before, between and behind the arguments; one more than there are arguments.
    public let pieces: [String]
    public let arguments: [Argument]

    package init(pieces: [String], arguments: [Argument]) {
      self.pieces = pieces
      self.arguments = arguments
    }

    /// What catalogues know it by.
    public var key: String { pieces.joined(separator: "{}") }
  }

  /// What stands at a place of a sentence.
  public enum Argument: Sendable {
    /// A name, an id, a path, an amount: the same in every language, but for how numbers are written.
    case value(String)
    /// Words of others, cleaned and masked: no translator touches them.
    case foreign(String)
    case message(Message)
  }

  /// What was put together by `+`.
  public private(set) var clauses: [Clause]

  package init(clauses: [Clause]) { self.clauses = clauses }

  /// As it is kept and shown in English.
  public var plain: String { ForeignWords.plain(description) }

  public var isEmpty: Bool { description.isEmpty }

  /// With our words of each argument as `ours` makes them, and those of others as `foreign` does; the keys stay.
  package func mapped(ours: (String) -> String, foreign: (String) -> String) -> Message {
    Message(
      clauses: clauses.map { clause in
        Clause(
          pieces: clause.pieces,
          arguments: clause.arguments.map { argument in
            switch argument {
            case .value(let text): .value(ours(text))
            case .foreign(let words): .foreign(foreign(words))
            case .message(let message): .message(message.mapped(ours: ours, foreign: foreign))
            }
          })
      })
  }

  public static func == (left: Message, right: Message) -> Bool { left.description == right.description }

  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  public static func + (left: Message, right: Message) -> Message {
    Message(clauses: left.clauses + right.clauses)
  }

  public static func += (left: inout Message, right: Message) { left.clauses += right.clauses }
}

extension Message: CustomStringConvertible {
  /// The English text, with words of others marked (`ForeignWords`).
  public var description: String { clauses.map(\.description).joined() }
}

extension Message.Clause: CustomStringConvertible {
  public var description: String { text { $0.description } }

  /// The pieces with each argument between them as `said` makes it.
  public func text(_ said: (Message.Argument) -> String) -> String {
    zip(pieces, arguments).reduce(into: "") { $0 += $1.0 + said($1.1) } + (pieces.last ?? "")
  }

  /// One that goes on with another, as if one literal had said both.
  public static func + (left: Self, right: Self) -> Self {
    let seam = (left.pieces.last ?? "") + (right.pieces.first ?? "")
    return Self(
      pieces: left.pieces.dropLast() + [seam] + right.pieces.dropFirst(),
      arguments: left.arguments + right.arguments)
  }
}

extension Message.Argument: CustomStringConvertible {
  public var description: String {
    switch self {
    case .value(let text): return text
    case .foreign(let words): return ForeignWords.marked(words)
    case .message(let message): return message.description
    }
  }
}

extension Message: ExpressibleByStringInterpolation {
  /// What a literal is made of.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces = [""]
    fileprivate var arguments: [Argument] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: String) { pieces[pieces.count - 1] += literal }

    public mutating func appendInterpolation(_ message: Message) {
      let only = message.clauses.count == 1 ? message.clauses.first : nil
      let isArgument = only.map { $0.arguments.count == 1 && $0.pieces.allSatisfy(\.isEmpty) } ?? false
      add(isArgument ? only?.arguments.first ?? .message(message) : .message(message))
    }

    public mutating func appendInterpolation(_ text: String) {
      add(ForeignWords.whole(text).map { .foreign($0) } ?? .value(text))
    }

    /// Words of others.
    public mutating func appendInterpolation(foreign words: String) {
      add(.foreign(ForeignWords.plain(words)))
    }

    public mutating func appendInterpolation(_ said: some MessageConvertible) {
      appendInterpolation(said.message)
    }

    public mutating func appendInterpolation<Value>(_ value: Value) { appendInterpolation("\(value)") }

    private mutating func add(_ argument: Argument) {
      arguments.append(argument)
      pieces.append("")
    }
  }

  public init(stringLiteral text: String) { clauses = [Clause(pieces: [text], arguments: [])] }

  public init(stringInterpolation said: StringInterpolation) {
    clauses = [Clause(pieces: said.pieces, arguments: said.arguments)]
  }
}
