import KeyTable
import MissionCore
import Ports

/// A kind of database, chosen by what `storage_db.connection_string` looks like. A value is what such a text says.
package protocol DatabaseKind: Sendable {
  /// Joins the parts of a text once variables are filled in, so that what they bring stays one value; nil for a text of
  /// another kind.
  static func join(_ parts: [Interpolation.Filled]) -> String?

  /// Reads a text; nil for one of another kind.
  ///
  /// - Parameter resolvingPath: makes a path relative to the configuration one that can be opened.
  static func read(_ text: String, resolvingPath: (String) -> String) throws(ConnectionFault) -> Self?

  /// For people: with the passwords replaced. It reads back as a text of the same kind.
  var maskedText: String { get }

  /// The passwords inside.
  var secrets: [Secret] { get }

  /// Whether programs on several machines may share it as their ledger.
  var isShared: Bool { get }

  /// Judges, before anything is touched, whether what it takes is there.
  func requireUsable() throws(DestinationError)

  /// Opens the destination; nothing is sent or written yet.
  func open(_ database: DatabasePlace, _ opening: Opening) throws(DestinationError) -> any Destination
}

extension DatabaseKind {
  package func requireUsable() throws(DestinationError) {}
  package var isShared: Bool { true }
}

/// Why a text is no connection string; never holds any of it.
package struct ConnectionFault: Error {
  package let rule: Message

  package init(_ rule: Message) { self.rule = rule }
}

/// What `storage_db` says besides the connection string.
package struct DatabasePlace: Sendable {
  /// An identifier that needs no quoting.
  package let schema: String
  /// A file with certificate authorities to trust besides the system's.
  package let caFile: String?

  package init(schema: String, caFile: String?) {
    self.schema = schema
    self.caFile = caFile
  }
}
