import MissionCore
import Ports
import Spool

/// Asks the destination's ledger and the store, before anything is asked of a source, which missions are done already:
/// a lost journal, a pod without a volume or another number of shards costs minutes and no scrape (TRUST 3).
///
/// Blocks; missions are looked at page by page, so that memory does not grow with their number.
package final class LedgerFirst {
  /// Why missions are left to a later run.
  package enum Obstacle: Error {
    /// Nothing may be scraped.
    case destination(DestinationError)
    /// Missions that the ledger has are left.
    case store(AuditError)
  }

  /// Missions that are looked at side by side.
  private static let atOnce = 16

  let parts: ComparedParts
  private let survey: StoreSurvey
  /// Nil where what is missing is only looked for.
  private let makers: RecoveredBytes?
  private let now: @Sendable () -> Timestamp
  /// The first thing that kept the store from being asked.
  package private(set) var storeFailure: AuditError?
  /// The first thing that kept a missing part from being made of the other.
  package private(set) var mendFailure: (code: ErrorCode, message: Message)?
  /// Objects may not be looked at; told once.
  package private(set) var isDenied = false

  package init(
    parts: ComparedParts, spool: SpoolStore, runID: String, now: @escaping @Sendable () -> Timestamp
  ) {
    self.parts = parts
    self.now = now
    survey = StoreSurvey(parts: parts)
    makers = RecoveredBytes(parts: parts, spool: spool, runID: runID, now: now)
  }

  /// Changes nothing: what could be made of what is there is `.mendable`.
  package init(asking parts: ComparedParts, now: @escaping @Sendable () -> Timestamp) {
    self.parts = parts
    self.now = now
    survey = StoreSurvey(parts: parts)
    makers = nil
  }

  /// The rows of the object that is under the mission's key, in place of those that are there. False when there is none
  /// that is whole, or the destination does not take it.
  package func loadObject(of record: MissionRecord) -> Result<Bool, Failure> {
    let key = parts.key(of: record)
    do throws(AuditError) {
      guard let found = try parts.object(key), let makers else { return .success(false) }
      do throws(RecoveredBytes.Failure) {
        return .success(try makers.makeRows(record, found, key: key, kept: survey) != nil)
      } catch {
        switch error {
        case .store(let error), .notStored(let error): throw error
        case .other(let message): return .failure(Failure(.destinationOther, message))
        }
      }
    } catch { return .failure(Failure(error.code, error.message)) }
  }

  /// What is there of these missions, in their order.
  package func look(at page: [MissionRecord]) throws(Obstacle) -> [RecoveryFinding] {
    let ids = page.map(\.id)
    let ledgers: [LoadedMission.Ledger?]
    switch parts.destinationResult({ $0.ledgers(of: ids, reply: $1) }) {
    case .success(let found): ledgers = found
    case .failure(let error): throw .destination(error)
    }
    var found = looks(at: page, ledgers).map(Looked.init)
    // Of a backfill of days that nobody has there is nothing to ask for.
    let asking = found.indices.filter { found[$0].look.asks && found[$0].look.isAnswered }
    let asked = asking.map { found[$0].look }
    do throws(CommandFailure) {
      let answered = try Parallel.map(asked, atOnce: Self.atOnce) { [parts] look in
        look.performed(with: parts)
      }
      for (index, looked) in zip(asking, answered) { found[index] = looked }
    } catch { throw .store(AuditError(code: .internalError, message: error.message)) }
    return found.map(finding)
  }

  /// Which keys are worth a request of their own.
  private func looks(at page: [MissionRecord], _ ledgers: [LoadedMission.Ledger?]) -> [Look] {
    zip(page, ledgers).map { record, ledger in
      var look = Look(record: record, ledger: ledger, key: parts.key(of: record))
      guard storeFailure == nil else {
        look.isAnswered = false
        return look
      }
      do throws(AuditError) { look.asks = try survey.knowledge(of: record) != .absent } catch {
        note(error)
        look.isAnswered = false
      }
      return look
    }
  }

  private func note(_ error: AuditError) {
    if error.code == .storePermissionDenied { isDenied = true } else { storeFailure = storeFailure ?? error }
  }

  private func finding(_ looked: Looked) -> RecoveryFinding {
    let look = looked.look
    if let error = looked.failure { note(error) }
    let isUnknown = !look.isAnswered || (looked.failure.map { $0.code != .storePermissionDenied } ?? false)
    // A mission that the ledger does not know goes on, whatever the store is like.
    if isUnknown { return look.ledger == nil ? .scrape(replacing: nil) : .left }
    switch RecoveryVerdict.of(look.ledger, looked.object, hasKeptFiles: { looked.hasKeptFiles }) {
    case .scrape: return .scrape(replacing: nil)
    case .replace: return .scrape(replacing: look.ledger?.keptFiles.map(\.name) ?? [])
    case .done: return done(look, looked.object)
    case .fromRows:
      guard let makers else { return look.mayMakeObject ? .mendable : looked.scrape() }
      return mended { () throws(RecoveredBytes.Failure) in
        switch try makers.makeObject(
          look.record, look.ledger!, key: look.key, replaces: looked.object != nil)
        {
        case .made(let mission): return .done(mission)
        case .unknown: return looked.scrape()
        case .differ: return looked.scrape(doubting: look.ledger?.sha256)
        }
      }
    case .fromObject:
      guard let makers else { return .mendable }
      return mended { () throws(RecoveredBytes.Failure) in
        try makers.makeRows(look.record, looked.object!, key: look.key, kept: survey).map { .done($0) }
          ?? looked.scrape()
      }
    }
  }

  private func done(_ look: Look, _ object: FoundObject?) -> RecoveryFinding {
    guard let ledger = look.ledger, let object, let bodySHA256 = object.bodySHA256 ?? object.sha256 else {
      return .scrape(replacing: look.ledger?.keptFiles.map(\.name) ?? [])
    }
    return .done(
      RecoveredMission(
        adsCount: ledger.adsCount, sha256: ledger.sha256, doneAt: ledger.loadedAt ?? now(),
        object: UploadedObject(
          key: look.key, etag: object.etag ?? "", size: object.size ?? 0, sha256: bodySHA256),
        keptFiles: ledger.keptFiles))
  }

  private func mended(
    _ make: () throws(RecoveredBytes.Failure) -> RecoveryFinding
  ) -> RecoveryFinding {
    do throws(RecoveredBytes.Failure) { return try make() } catch {
      switch error {
      case .store(let error) where error.code != .storePermissionDenied: note(error)
      case .store(let error), .notStored(let error): mendFailure = mendFailure ?? (error.code, error.message)
      case .other(let message): mendFailure = mendFailure ?? (.destinationOther, message)
      }
      return .left
    }
  }
}

/// What is asked of the store about one mission.
private struct Look: Sendable {
  let record: MissionRecord
  let ledger: LoadedMission.Ledger?
  let key: String
  /// Whether its key may be there.
  var asks = true
  var isAnswered = true

  /// Whether the rows are as many as were scraped, and nothing else was kept: the object can be made of no others.
  var mayMakeObject: Bool {
    guard let ledger else { return false }
    return ledger.rowsCount == ledger.adsCount && ledger.keptFiles.isEmpty
  }

  func performed(with parts: ComparedParts) -> Looked {
    var looked = Looked(self)
    do throws(AuditError) {
      looked.object = try parts.object(key)
      // Objects of earlier versions do not say what their own bytes are.
      if let ledger, let object = looked.object, object.dataSHA256 == ledger.sha256 {
        if object.bodySHA256 == nil {
          looked.object?.sha256 = try parts.object(key, readingBytes: true)?.sha256
        }
        looked.hasKeptFiles = try hasKeptFiles(ledger, parts)
      }
    } catch { looked.failure = error }
    return looked
  }

  private func hasKeptFiles(_ ledger: LoadedMission.Ledger, _ parts: ComparedParts) throws(AuditError) -> Bool
  {
    let prefix = parts.places(record.parameters.source).prefix
    for file in ledger.keptFiles {
      let key = parts.store.key(of: file, record.id, record.parameters, prefix: prefix)
      guard try parts.object(key)?.bodySHA256 == file.sha256 else { return false }
    }
    return true
  }
}

/// The store's answer.
private struct Looked: Sendable {
  let look: Look
  var object: FoundObject?
  var hasKeptFiles = false
  var failure: AuditError?

  init(_ look: Look) { self.look = look }

  /// Nothing could be made of what is there; an object is replaced by the coming one.
  func scrape(doubting digest: String? = nil) -> RecoveryFinding {
    let names = object == nil ? nil : look.ledger?.keptFiles.map(\.name) ?? []
    return .scrape(replacing: names, doubting: digest)
  }
}
