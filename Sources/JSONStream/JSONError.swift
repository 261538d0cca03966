import Messages

/// Where and why bytes are not the JSON that was asked for.
public struct JSONError: Error, Equatable, Sendable {
  /// What is wrong at `offset`.
  public enum Problem: UInt8, Sendable {
    case unexpectedCharacter, unexpectedEnd, invalidNumber, invalidEscape, controlCharacter, invalidUTF8
    case tooDeep, trailingContent, notAnObject, notAnArray, tooManyMembers
  }

  public let problem: Problem
  /// Bytes before the place, from 0.
  public let offset: Int

  public init(_ problem: Problem, at offset: Int) {
    self.problem = problem
    self.offset = offset
  }
}

extension JSONError: MessageConvertible {
  public var message: Message { "\(problem.words) at byte \(offset)" }
}

extension JSONError.Problem {
  /// A few words, without the place.
  public var words: Message {
    switch self {
    case .unexpectedCharacter: return "unexpected character"
    case .unexpectedEnd: return "unexpected end"
    case .invalidNumber: return "invalid number"
    case .invalidEscape: return "invalid escape"
    case .controlCharacter: return "control character in a string"
    case .invalidUTF8: return "invalid UTF-8"
    case .tooDeep: return "nested deeper than \(JSONScanner.maximumDepth)"
    case .trailingContent: return "content after the end"
    case .notAnObject: return "not an object"
    case .notAnArray: return "not an array"
    case .tooManyMembers: return "more than \(JSONScanner.maximumMembers) members"
    }
  }
}
