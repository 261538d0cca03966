import MissionCore
import Ports

/// The spool as sources see it: from what a look brought to what the engine is told.
package struct SpoolIntake: ResultSpool {
  /// Smaller answers are mostly "still running": they are read at once, without a hand-over to a thread.
  private static let readAtOnce = 2048

  private let spool: SpoolStore
  private let redactor: Redactor
  private let hold: @Sendable (SpooledResult) -> Void

  /// - Parameter hold: is given each result that is durable, before the source's reply.
  package init(
    _ spool: SpoolStore, masking redactor: Redactor, hold: @escaping @Sendable (SpooledResult) -> Void
  ) {
    self.spool = spool
    self.redactor = redactor
    self.hold = hold
  }

  package func partPath(for mission: MissionID) -> String { spool.partPath(for: mission) }

  package func ingest(
    _ answer: ReceivedAnswer, of mission: MissionID,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    guard case .memory(let bytes) = answer, bytes.count <= Self.readAtOnce else {
      return judge(answer, mission, reply)
    }
    do {
      switch try JobAnswer.parse(bytes, masking: redactor) {
      case .waiting(let status, let isKnown): reply(.success(.waiting(status: status, isKnown: isKnown)))
      case .ended(let end, let error): reply(.success(Self.look(end, error)))
      case .result: judge(answer, mission, reply)
      }
    } catch { reply(.failure(Self.failure(error))) }
  }

  private func judge(
    _ answer: ReceivedAnswer, _ mission: MissionID,
    _ reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    spool.ingest(answer, mission: mission) { [hold] outcome in
      switch outcome {
      case .success(.waiting(let status, let isKnown)):
        reply(.success(.waiting(status: status, isKnown: isKnown)))
      case .success(.ended(let end, let error)): reply(.success(Self.look(end, error)))
      case .success(.completed(let result)):
        hold(result)
        reply(.success(.completed(ScrapedResult(result))))
      case .failure(let error): reply(.failure(Self.failure(error)))
      }
    }
  }

  private static func look(_ end: JobEnd, _ error: String?) -> JobLook {
    switch end {
    case .failed: return .failed(message: error ?? "the worker gave no reason")
    case .cancelled: return .cancelled(message: error ?? "the job was cancelled on the worker")
    case .paused: return .paused
    }
  }

  private static func failure(_ error: SpoolError) -> SourceFailure {
    switch error.code {
    case .jobFailed: return SourceFailure(.mismatch, "\(error)")
    case nil: return SourceFailure(error.isDiskFailure ? .diskFails : .spoolFull, "\(error)")
    default: return SourceFailure(.unusable, "\(error)")
    }
  }
}

extension ScrapedResult {
  package init(_ result: SpooledResult) {
    self.init(adsCount: result.adsCount, size: result.size, sha256: result.sha256)
  }
}
