import HTTP
import HTTPAnswers
import MissionCore

/// Turns a worker's answers into values or failures: what HTTP says is the judge's, what the worker API adds is here.
struct WorkerAnswerReader: Sendable {
  static let start = "POST /scrape"

  let judge: AnswerJudge

  init(worker: String, redactor: Redactor, wallSeconds: @escaping @Sendable () -> Int64) {
    judge = AnswerJudge(
      name: worker, credentials: ", check its api_key", redactor: redactor,
      now: { Timestamp(milliseconds: wallSeconds() * 1000) })
  }

  /// The body of a 2xx to a control request. After `POST /scrape` a job may run whose id cannot be read.
  func bytes(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<[UInt8], SourceFailure> {
    judge.bytes(of: answer, request).mapError { failure in
      guard request == Self.start, judge.mayHaveStarted(failure, answer) else { return failure }
      return SourceFailure(.mismatch, failure.message)
    }
  }

  /// The body of a 2xx, wherever the transport has put it.
  func body(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String
  ) -> Result<HTTPResponse.Body, SourceFailure> {
    judge.body(of: answer, request)
  }

  /// A member of the answer's object that must be a non-empty string.
  func text(
    _ key: String, in answer: Result<[UInt8], SourceFailure>, of request: String
  ) -> Result<String, SourceFailure> {
    answer.flatMap { bytes in
      guard let text = AnswerJudge.text(key, in: bytes), !text.isEmpty else {
        return .failure(judge.unreadable(bytes, request, "no \(key) in it"))
      }
      return .success(text)
    }
  }

  /// The id of the job that a 2xx to `POST /scrape` tells. When it cannot be read the job may run all the same.
  func jobID(in answer: Result<[UInt8], SourceFailure>) -> Result<String, SourceFailure> {
    answer.flatMap { bytes in
      guard let text = AnswerJudge.text("job_id", in: bytes), Self.isJobID(text) else {
        let what: Message = "no job_id of [A-Za-z0-9._-]{1,128} in it"
        return .failure(SourceFailure(.mismatch, judge.unreadable(bytes, Self.start, what).message))
      }
      return .success(text)
    }
  }

  /// A word of the worker's as it may be shown, logged and kept.
  func shown(_ text: String) -> String { judge.shown(text, limit: 128) }

  /// SPEC 12: what may go into a path and a journal. A path segment of only dots would be another path.
  static func isJobID(_ text: String) -> Bool {
    guard (1...128).contains(text.utf8.count), text != ".", text != ".." else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): return true
      default: return false
      }
    }
  }
}
