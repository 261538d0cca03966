import KeyTable
import Ports

/// A kind of store: its section of config.yaml, and how it opens.
package protocol StoreSection: ConfigurationSection {
  /// The section's key, `storage_s3`.
  static var name: String { get }
  /// What the section is, a sentence without its full stop.
  static var documentation: String { get }

  /// Opens the store; nothing is sent or written yet.
  func open(_ opening: Opening) throws(OpeningFailure) -> any AuditStore
}
