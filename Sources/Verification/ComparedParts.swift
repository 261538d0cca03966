import MissionCore
import Ports
import Threads

/// The destination and the store as `verify` asks them: waits for each answer, asks again what may help.
///
/// Every call blocks; it may be used from several threads.
package struct ComparedParts: Sendable {
  /// To be closed by whoever made it.
  package let destination: any Destination
  let store: any AuditStore
  /// Where what a source brings goes, by the source's name.
  let places: @Sendable (String) -> SourcePlaces
  /// Further prefixes that objects of ours may have.
  let prefixes: [String]

  package init(
    destination: any Destination, store: any AuditStore, places: @escaping @Sendable (String) -> SourcePlaces,
    prefixes: [String] = []
  ) {
    self.destination = destination
    self.store = store
    self.places = places
    self.prefixes = prefixes
  }

  /// As within a step of a run.
  private static let tries = 3

  func inspect(_ missions: [MissionID]) throws(CommandFailure) -> [LoadedMission?] {
    try inspected { $0.inspect(missions, reply: $1) }
  }

  func digests(of missions: [MissionID]) throws(CommandFailure) -> [String?] {
    try inspected { $0.digests(of: missions, reply: $1) }
  }

  func missions(after: String?, limit: Int) throws(CommandFailure) -> [String] {
    try inspected { $0.missions(after: after, limit: limit, reply: $1) }
  }

  func distrust(_ mission: MissionID) throws(CommandFailure) {
    try inspected { $0.distrust([mission], reply: $1) }
  }

  /// The first difference of the mission's rows from those of a result.
  func difference(_ record: MissionRecord, from result: SpooledResult) throws(CommandFailure) -> Message? {
    let id = places(record.parameters.source).table.id
    return try inspected { $0.compare(record.id, with: result, id: id, reply: $1) }
  }

  func readAds(
    of mission: MissionID, ad: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) throws(CommandFailure) -> Bool? {
    try inspected { $0.readAds(of: mission, ad: ad, reply: $1) }
  }

  /// Whether the rows, laid out, are the audit object byte for byte, and so hold every token that was scraped. Nil when
  /// the destination cannot tell.
  func rowsMatch(_ record: MissionRecord) throws(CommandFailure) -> Bool? {
    let digest = LayoutDigest()
    guard let isWhole = try readAds(of: record.id, ad: digest.add) else { return nil }
    return isWhole && digest.finish() == record.s3SHA256
  }

  func load(_ request: LoadRequest) throws(CommandFailure) -> LoadOutcome {
    try destinationAnswer { destination.load(request, reply: $0) }
  }

  func put(_ request: AuditRequest) throws(CommandFailure) -> StoredObject {
    try storeAnswer { store.put(request, reply: $0) }
  }

  func find(_ key: String, readingBytes: Bool) throws(CommandFailure) -> FoundObject? {
    try storeAnswer { store.find(key, readingBytes: readingBytes, reply: $0) }
  }

  func fetch(_ key: String, to path: String, maxSize: Int64) throws(CommandFailure) -> Bool {
    try storeAnswer { store.fetch(key, to: path, maxSize: maxSize, reply: $0) }
  }

  /// As `find`, with the store's own failure.
  func object(_ key: String, readingBytes: Bool = false) throws(AuditError) -> FoundObject? {
    try storeResult { store, reply in store.find(key, readingBytes: readingBytes, reply: reply) }.get()
  }

  func page(prefix: String?, token: String?) throws(AuditError) -> ObjectPage {
    try storeResult { store, reply in store.list(prefix: prefix, token: token, reply: reply) }.get()
  }

  /// Where the mission's audit object is, or would be.
  func key(of record: MissionRecord) -> String {
    record.s3Key
      ?? store.key(of: record.id, record.parameters, prefix: places(record.parameters.source).prefix)
  }

  private func inspected<R: Sendable>(
    _ ask: (any Inspectable, @escaping @Sendable (Result<R, DestinationError>) -> Void) -> Void
  ) throws(CommandFailure) -> R {
    guard let inspectable = destination.inspectable else {
      throw CommandFailure(.unusable, "destination: it cannot be asked what it holds")
    }
    return try destinationAnswer { ask(inspectable, $0) }
  }

  private func destinationAnswer<R: Sendable>(
    _ ask: (@escaping @Sendable (Result<R, DestinationError>) -> Void) -> Void
  ) throws(CommandFailure) -> R {
    switch destinationTries(ask) {
    case .success(let answer): return answer
    case .failure(let error):
      throw CommandFailure(.unusable, "destination: \(error.code.rawValue) \(error.message)")
    }
  }

  private func storeAnswer<R: Sendable>(
    _ ask: (@escaping @Sendable (Result<R, AuditError>) -> Void) -> Void
  ) throws(CommandFailure) -> R {
    switch storeTries(ask) {
    case .success(let answer): return answer
    case .failure(let error):
      throw CommandFailure(.unusable, "store: \(error.code.rawValue) \(error.message)")
    }
  }

  // MARK: Answers as they come, for those that go on without

  /// Of a destination that can be asked.
  func destinationResult<R: Sendable>(
    _ ask: (any Inspectable, @escaping @Sendable (Result<R, DestinationError>) -> Void) -> Void
  ) -> Result<R, DestinationError> {
    guard let inspectable = destination.inspectable else {
      return .failure(DestinationError(.destinationOther, "it cannot be asked what it holds"))
    }
    return destinationTries { ask(inspectable, $0) }
  }

  func loadResult(_ request: LoadRequest) -> Result<LoadOutcome, DestinationError> {
    destinationTries { destination.load(request, reply: $0) }
  }

  func storeResult<R: Sendable>(
    _ ask: (any AuditStore, @escaping @Sendable (Result<R, AuditError>) -> Void) -> Void
  ) -> Result<R, AuditError> { storeTries { ask(store, $0) } }

  private func destinationTries<R: Sendable>(
    _ ask: (@escaping @Sendable (Result<R, DestinationError>) -> Void) -> Void
  ) -> Result<R, DestinationError> {
    var tried = 1
    while true {
      let answer = Answer.of(ask)
      guard case .failure(let error) = answer, error.severity.isTransient, tried < Self.tries else {
        return answer
      }
      pause(tried, nil)
      tried += 1
    }
  }

  private func storeTries<R: Sendable>(
    _ ask: (@escaping @Sendable (Result<R, AuditError>) -> Void) -> Void
  ) -> Result<R, AuditError> {
    var tried = 1
    while true {
      let answer = Answer.of(ask)
      guard case .failure(let error) = answer, error.severity.isTransient, tried < Self.tries else {
        return answer
      }
      pause(tried, error.severity.retryAfter)
      tried += 1
    }
  }

  /// Full jitter, as everywhere; not longer than half a minute.
  private func pause(_ tried: Int, _ asked: Duration?) {
    let jitter = Duration.milliseconds(Int.random(in: 0...(500 << tried)))
    Moment.sleep(for: max(jitter, min(asked ?? .zero, .seconds(30))))
  }
}
