import KeyTable
import Kind
import MissionCore
import Ports

/// `sqlite:PATH`: the embedded database.
package struct SQLiteDatabase: DatabaseKind {
  private static let scheme = "sqlite:"

  /// Already relative to the working directory.
  package let path: String

  package var isShared: Bool { false }

  package static func join(_ parts: [Interpolation.Filled]) -> String? {
    // The text's own, not what a variable brings.
    guard let first = parts.first, !first.isVariable, first.text.hasPrefix(scheme) else { return nil }
    return parts.map(\.text).joined()
  }

  package static func read(
    _ text: String, resolvingPath: (String) -> String
  ) throws(ConnectionFault) -> SQLiteDatabase? {
    guard text.hasPrefix(scheme) else { return nil }
    let path = String(text.dropFirst(scheme.count))
    guard !path.isEmpty else { throw ConnectionFault("must name a file: sqlite:PATH") }
    guard path != ":memory:" else {
      throw ConnectionFault("must name a file; a database in memory would keep nothing")
    }
    return SQLiteDatabase(path: resolvingPath(path))
  }

  package var maskedText: String { Self.scheme + path }
  package var secrets: [Secret] { [] }

  package func open(
    _ database: DatabasePlace, _ opening: Opening
  ) throws(DestinationError) -> any Destination {
    try SQLiteDestination(path: path, busyTimeout: opening.busy, statementTimeout: opening.statement)
  }
}
