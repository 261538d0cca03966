import HTTP
import HTTPAnswers
import JSONStream
import KeyTable
import MissionCore

/// A job as an answer tells of it.
struct AnsweredJob: Hashable, Sendable {
  let id: String
  /// What the section keeps of the answer, by name; a value that the answer does not have is left out.
  let kept: [String: String]
}

extension AnswerJudge {
  /// The job that a 2xx to `start` tells of. When it cannot be read a job may run all the same: `.mismatch`.
  func startedJob(
    _ answer: Result<HTTPResponse, HTTPError>, _ start: StartSection
  ) -> Result<AnsweredJob, SourceFailure> {
    let request = start.request.shown
    switch body(of: answer, request) {
    case .failure(let failure): return .failure(startFailure(failure, answer))
    case .success(.file):
      return .failure(SourceFailure(.mismatch, "\(name) gave an answer too large to \(request)"))
    case .success(.memory(let bytes)):
      return bytes.withUnsafeBytes { raw in
        job(in: JSONAnswer(bytes: raw), start.job ?? .whole, start.keep ?? []).mapError { fault in
          SourceFailure(.mismatch, unreadable(bytes, request, fault.what).message)
        }
      }
    }
  }

  /// What a failure to start means: of a 2xx that cannot be used a job may run, and so of an answer that is too large.
  func startFailure(
    _ failure: SourceFailure, _ answer: Result<HTTPResponse, HTTPError>
  ) -> SourceFailure {
    if mayHaveStarted(failure, answer) { return SourceFailure(.mismatch, failure.message) }
    switch failure.kind {
    // What the API will not take now it will not take later.
    case .notFound, .unusable: return SourceFailure(.refused, failure.message)
    default: return failure
    }
  }

  struct JobFault: Error { let what: Message }

  func job(
    in answer: JSONAnswer, _ place: JSONPointer, _ keep: [Named<JSONPointer>]
  ) -> Result<AnsweredJob, JobFault> {
    do throws(JSONError) {
      guard let id = try answer.word(at: place)?.jobID else {
        return .failure(JobFault(what: "no job id at \(Self.shown(place)) in it"))
      }
      return .success(AnsweredJob(id: id, kept: try kept(keep, in: answer)))
    } catch { return .failure(JobFault(what: "it is not JSON, \(error)")) }
  }

  /// The values that later requests use.
  func kept(
    _ keep: [Named<JSONPointer>], in answer: JSONAnswer
  ) throws(JSONError) -> [String: String] {
    var kept: [String: String] = [:]
    for entry in keep {
      if let value = try answer.word(at: entry.value)?.kept { kept[entry.name] = value }
    }
    return kept
  }

  /// A place as people are told of it.
  static func shown(_ place: JSONPointer) -> Message { place.isWhole ? "its top" : "\(place.description)" }
}
