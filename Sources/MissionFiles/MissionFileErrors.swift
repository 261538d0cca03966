import MissionCore

/// A row that was not taken; the other rows of its file are.
public struct RowError: Error, Hashable, Sendable, MessageConvertible {
  public let path: String
  public let line: Int
  /// In characters, from 1: the field's beginning or the offending place itself.
  public let column: Int
  /// What is wrong and what is accepted.
  public let rule: Message

  public var message: Message { "\(path):\(line):\(column): \(rule)" }
}

/// A file of which nothing is taken, or, when reading breaks off, nothing more.
public struct FileError: Error, Hashable, Sendable, MessageConvertible {
  /// Why, as far as exit codes differ by it.
  public enum Kind: Hashable, Sendable {
    /// There is no such file (exit code 66).
    case missing
    /// It is a folder, may not be read or its disk fails.
    case unreadable
    /// Its bytes are no mission file.
    case content
  }

  /// A place in the file; columns in characters. Both from 1.
  public struct Place: Hashable, Sendable {
    public let line: Int
    public let column: Int
  }

  public let kind: Kind
  public let path: String
  public let place: Place?
  /// Why nothing is taken.
  public let reason: Message

  public var message: Message {
    place.map { "\(path):\($0.line):\($0.column): \(reason)" } ?? "\(path): \(reason)"
  }
}

/// Why reading a file ended before its end.
public enum MissionFileFailure: Error, MessageConvertible {
  case file(FileError)
  /// The receiver of the rows threw.
  case delivery(any Error)

  public var message: Message {
    switch self {
    case .file(let error): return error.message
    case .delivery(let error): return Message(of: error)
    }
  }
}
