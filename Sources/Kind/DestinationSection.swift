import KeyTable
import MissionCore
import Ports

/// A kind of destination that is no database: its section of config.yaml, and how it opens.
package protocol DestinationSection: ConfigurationSection {
  /// The section's key, `storage_writer`.
  static var name: String { get }
  /// What the section is, a sentence without its full stop.
  static var documentation: String { get }

  /// Opens the destination; nothing is sent or written yet.
  func open(_ opening: Opening) throws(DestinationError) -> any Destination
}
