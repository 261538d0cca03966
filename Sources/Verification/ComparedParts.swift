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

  package init(
    destination: any Destination, store: any AuditStore, places: @escaping @Sendable (String) -> SourcePlaces
  ) {
    self.destination = destination
    self.store = store
    self.places = places
  }

  /// As within a step of a run.
  private static let tries = 3

  func inspect(_ missions: [MissionID]) throws(CommandFailure) -> [LoadedMission?] {
    try inspected { $0.inspect(missions, reply: $1) }
  }

  func missions(after: String?, limit: Int) throws(CommandFailure) -> [String] {
    try inspected { $0.missions(after: after, limit: limit, reply: $1) }
  }

  func distrust(_ mission: MissionID) throws(CommandFailure) {
    try inspected { $0.distrust([mission], reply: $1) }
  }

  /// The first difference of the mission's rows from those of a result.
  func difference(_ record: MissionRecord, from result: SpooledResult) throws(CommandFailure) -> String? {
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

  func list(token: String?) throws(CommandFailure) -> ObjectPage {
    try storeAnswer { store.list(token: token, reply: $0) }
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
    var tried = 1
    while true {
      switch Answer.of(ask) {
      case .success(let answer): return answer
      case .failure(let error) where error.severity.isTransient && tried < Self.tries: pause(tried, nil)
      case .failure(let error):
        throw CommandFailure(.unusable, "destination: \(error.code.rawValue) \(error.message)")
      }
      tried += 1
    }
  }

  private func storeAnswer<R: Sendable>(
    _ ask: (@escaping @Sendable (Result<R, AuditError>) -> Void) -> Void
  ) throws(CommandFailure) -> R {
    var tried = 1
    while true {
      switch Answer.of(ask) {
      case .success(let answer): return answer
      case .failure(let error) where error.severity.isTransient && tried < Self.tries:
        pause(tried, error.severity.retryAfter)
      case .failure(let error):
        throw CommandFailure(.unusable, "store: \(error.code.rawValue) \(error.message)")
      }
      tried += 1
    }
  }

  /// Full jitter, as everywhere; not longer than half a minute.
  private func pause(_ tried: Int, _ asked: Duration?) {
    let jitter = Duration.milliseconds(Int.random(in: 0...(500 << tried)))
    Moment.sleep(for: max(jitter, min(asked ?? .zero, .seconds(30))))
  }
}
