import JSONStream
import MissionCore
import Ports

/// What a worker says about a job (SPEC 7), the ads themselves left aside.
public enum JobAnswer: Hashable, Sendable {
  /// To be looked at again later. `isKnown` is false for a status that the specification does not name.
  case waiting(status: String, isKnown: Bool)
  /// Over without a result; `error` is the worker's text, cleaned.
  case ended(JobEnd, error: String?)
  /// `completed` or `empty`: the whole answer goes to `SpoolStore.ingest`.
  case result

  /// Reads a small answer at once, on the caller's thread. Of a `.result` nothing but the status was judged.
  public static func parse(_ bytes: [UInt8], masking redactor: Redactor = .none) throws(SpoolError)
    -> JobAnswer
  {
    let answer: Result<JobAnswer, SpoolError> = bytes.withUnsafeBytes { raw in
      do throws(SpoolError) {
        return .success(try AnswerReader(raw, masking: redactor).read(progress: nil).answer)
      } catch { return .failure(error) }
    }
    return try answer.get()
  }
}

extension JobAnswer {
  /// What is answered when there are no bytes to keep; nil for a result.
  var withoutResult: ScrapeAnswer? {
    switch self {
    case .waiting(let status, let isKnown): return .waiting(status: status, isKnown: isKnown)
    case .ended(let end, let error): return .ended(end, error: error)
    case .result: return nil
    }
  }
}

/// How a job ended without a result.
public enum JobEnd: String, Sendable {
  case failed, cancelled
  /// The worker waits for a person: the job must be cancelled there.
  case paused
}

/// What became of an answer given to `SpoolStore.ingest`.
public enum ScrapeAnswer: Sendable {
  case waiting(status: String, isKnown: Bool)
  case ended(JobEnd, error: String?)
  /// The result is durable.
  case completed(SpooledResult)
}
