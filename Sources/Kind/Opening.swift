import HTTP
import MissionCore

/// What a kind may need to open what its section describes.
package struct Opening: Sendable {
  package let http: any HTTPClient
  package let redactor: Redactor
  package let now: @Sendable () -> Timestamp
  /// The store's section as the configuration says it now, for secrets that were renewed in their files; nil when it
  /// cannot be read. May block.
  package let renewedStore: @Sendable () -> (any StoreSection)?
  /// Opening a connection.
  package var connect = Duration.seconds(10)
  /// A statement of a database.
  package var statement = Duration.seconds(600)
  /// A locked file of a database.
  package var busy = Duration.seconds(10)
  /// The most missions that are loaded at the same time.
  package var missionsAtOnce = 1
  /// No byte of an upload.
  package var stalled = Duration.seconds(60)
  /// An upload, whole.
  package var upload = Duration.seconds(600)

  package init(
    http: any HTTPClient, redactor: Redactor, now: @escaping @Sendable () -> Timestamp,
    renewedStore: @escaping @Sendable () -> (any StoreSection)?
  ) {
    self.http = http
    self.redactor = redactor
    self.now = now
    self.renewedStore = renewedStore
  }
}

/// Why something could not be opened.
package enum OpeningFailure: Error, Hashable, Sendable {
  /// It cannot be used as it is configured.
  case configuration(Message)
  /// The system gives no thread for it, so that nothing that waits would ever be answered.
  case noThread(Message)
}
