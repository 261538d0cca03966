/// A row that was not taken; the other rows of its file are.
package struct RowError: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  package let line: Int
  /// In characters, from 1: the field's beginning or the offending place itself.
  package let column: Int
  /// What is wrong and what is accepted.
  package let message: String

  package var description: String { "\(path):\(line):\(column): \(message)" }
}

/// A file of which nothing is taken, or, when reading breaks off, nothing more.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// There is no such file (exit code 66).
    case missing
    /// It is a folder, may not be read or its disk fails.
    case unreadable
    /// Its bytes are no mission file.
    case content
  }

  /// A place in the file; columns in characters. Both from 1.
  package struct Place: Hashable, Sendable {
    package let line: Int
    package let column: Int
  }

  package let kind: Kind
  package let path: String
  package let place: Place?
  package let message: String

  package var description: String {
    place.map { "\(path):\($0.line):\($0.column): \(message)" } ?? "\(path): \(message)"
  }
}

/// Why reading a file ended before its end.
package enum MissionFileFailure: Error, CustomStringConvertible {
  case file(FileError)
  /// The receiver of the rows threw.
  case delivery(any Error)

  package var description: String {
    switch self {
    case .file(let error): return error.description
    case .delivery(let error): return "\(error)"
    }
  }
}
