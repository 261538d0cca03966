import HTTP
import MissionCore
import Ports
import Spool

/// From the body of `GET /scrape/{job_id}` to what the engine is told, results spooled on the way.
struct JobReader: Sendable {
  /// Smaller answers are mostly "still running": they are read at once, without a hand-over to a thread.
  private static let readAtOnce = 2048

  let spool: SpoolStore
  let results: HeldResults
  let redactor: Redactor

  func read(
    _ body: HTTPResponse.Body, of mission: MissionID,
    reply: @escaping @Sendable (Result<JobLook, WorkerFailure>) -> Void
  ) {
    switch body {
    case .memory(let bytes) where bytes.count <= Self.readAtOnce:
      do {
        switch try JobAnswer.parse(bytes, masking: redactor) {
        case .waiting(let status, let isKnown): reply(.success(.waiting(status: status, isKnown: isKnown)))
        case .ended(let end, let error): reply(.success(Self.look(end, error)))
        case .result: ingest(.memory(bytes), mission, reply)
        }
      } catch { reply(.failure(Self.failure(error))) }
    case .memory(let bytes): ingest(.memory(bytes), mission, reply)
    case .file(let path, let size): ingest(.file(path: path, size: size), mission, reply)
    }
  }

  private func ingest(
    _ answer: ReceivedAnswer, _ mission: MissionID,
    _ reply: @escaping @Sendable (Result<JobLook, WorkerFailure>) -> Void
  ) {
    spool.ingest(answer, mission: mission) { [results] outcome in
      switch outcome {
      case .success(.waiting(let status, let isKnown)):
        reply(.success(.waiting(status: status, isKnown: isKnown)))
      case .success(.ended(let end, let error)): reply(.success(Self.look(end, error)))
      case .success(.completed(let result)):
        results.hold(result)
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

  private static func failure(_ error: SpoolError) -> WorkerFailure {
    switch error.code {
    case .jobFailed: return WorkerFailure(.mismatch, "\(error)")
    case nil: return WorkerFailure(error.isDiskFailure ? .diskFails : .spoolFull, "\(error)")
    default: return WorkerFailure(.unusable, "\(error)")
    }
  }
}
