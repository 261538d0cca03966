import Engine
import MissionCore
import Ports
import Spool

/// Brings spooled results into the destination and tells the engine what came of it.
struct Loads: Sendable {
  let destination: any Destination
  /// Whether the destination tells what it has.
  let canBeAsked: Bool
  let store: any AuditStore
  let places: @Sendable (String) -> SourcePlaces
  let runID: String
  let wall: @Sendable () -> Timestamp
  let question: SpoolQuestion

  func begin(_ load: Load) {
    let (ticket, parameters, mailbox) = (load.ticket, load.parameters, question.mailbox)
    guard let result = question.results[ticket.mission] else {
      mailbox.push(.mission(ticket, .loadFailed(.withoutBytes(ticket.mission))))
      return
    }
    let (table, prefix) = (places(parameters.source).table, places(parameters.source).prefix)
    let request = LoadRequest(
      mission: ticket.mission, parameters: parameters, runID: runID, result: result, table: table,
      keptFiles: load.result.keptFiles, at: wall(), replaces: load.replacing.ofTheSame,
      yields: !load.replacing.ofOthers && canBeAsked)
    destination.load(request) { [question, store] answer in
      switch answer {
      case .success(let rows): mailbox.push(.mission(ticket, .loaded(rows)))
      case .failure(let error) where error.spoolFault != nil:
        let failed = StepFailure(Failure(error.code, error.message), isAgain: true)
        question.ask(ScrapedResult(result), ticket, whenIntact: .loadFailed(failed))
      case .failure(let error) where error.existing != nil:
        let key = store.key(of: ticket.mission, parameters, prefix: prefix)
        store.find(key, readingBytes: false) { found in
          let object = found.map { $0.flatMap { ExistingObject($0, key: key) } }
          let refusal = LoadRefusal(
            ledger: error.existing ?? "", object: object.mapError { StepFailure($0) })
          mailbox.push(.mission(ticket, .loadRefused(refusal)))
        }
      case .failure(let error): mailbox.push(.mission(ticket, .loadFailed(error.stepFailure)))
      }
    }
  }
}

extension StepFailure {
  init(_ error: AuditError, _ existing: ExistingObject? = nil) {
    self.init(
      Failure(error.code, error.message), isAgain: error.severity.isTransient,
      retryAfter: error.severity.retryAfter, existing: existing)
  }

  /// The engine never asks for a step of a mission whose bytes it has not been given.
  static func withoutBytes(_ mission: MissionID) -> StepFailure {
    StepFailure(
      Failure(.internalError, "the bytes of mission \(mission) are not at hand"), isAgain: false)
  }
}

extension ExistingObject {
  /// Nil where it does not say of which scrape it was made.
  init?(_ found: FoundObject, key: String) {
    guard let dataSHA256 = found.dataSHA256 else { return nil }
    self.init(
      object: UploadedObject(
        key: key, etag: found.etag ?? "", size: found.size ?? 0, sha256: found.bodySHA256 ?? ""),
      dataSHA256: dataSHA256, adsCount: found.adsCount)
  }
}
