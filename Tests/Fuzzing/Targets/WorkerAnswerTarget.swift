import HTTP
import JSONStream
import MissionCore
import Ports

@testable import WorkerSource

/// Workers' answers: of jobs, and of control requests.
enum WorkerAnswerTarget: FuzzTarget {
  static let name = "worker-answer"

  static let seeds = [
    "{\"status\":\"completed\",\"ads_count\":2,\"data\":[{\"id\":\"1\"},{\"id\":2}]}",
    "{\"status\":\"empty\",\"ads_count\":0,\"data\":[]}", "{\"status\":\"running\"}",
    "{\"status\":\"hibernating\"}",
    "{\"status\":\"failed\",\"error\":\"\\u001b[31m canary-secret \\u202e\"}",
    "{\"status\":\"paused\",\"error\":{\"why\":[1,null]}}", "{\"job_id\":\"job-1.a_B\",\"session_id\":\"s\"}",
    "{\"job_id\":\"../../x\"}", "<html>canary-secret</html>",
  ]

  static let words =
    JSONTarget.words + [
      "\"status\":", "\"completed\"", "\"empty\"", "\"failed\"", "\"paused\"", "\"data\":[", "\"ads_count\":",
      "\"error\":",
      "\"job_id\":", "\"session_id\":", "canary-secret", "\\u0063anary-secret", "canary\\u002dsecret",
      "\u{202E}", "\u{1B}[",
      "canary-\u{200B}secret",
    ]

  private static let control = WorkerAnswerReader(
    worker: "worker-1", redactor: Canary.redactor, wallSeconds: { 1_700_000_000 })

  static func take(_ bytes: UnsafeRawBufferPointer) {
    job(bytes)
    let answer = Result<[UInt8], SourceFailure>.success(Array(bytes))
    switch control.jobID(in: answer) {
    case .success(let id):
      require((1...128).contains(id.utf8.count) && id != "." && id != "..", "\(id) is a job id")
      require(!id.utf8.contains(UInt8(ascii: "/")) && !id.utf8.contains(0), "\(id) is a path's part")
    case .failure(let failure): Canary.requireClean(failure.message.description)
    }
    for key in ["session_id", "status"] {
      if case .failure(let failure) = control.text(key, in: answer, of: "GET /x") {
        Canary.requireClean(failure.message.description)
      }
    }
  }

  private static func job(_ bytes: UnsafeRawBufferPointer) {
    do throws(SpoolError) {
      switch try JobAnswerReader(masking: Canary.redactor).read(bytes, progress: nil) {
      case .look(.waiting(let status, let isKnown)): if !isKnown { Canary.requireClean(status, limit: 64) }
      case .look(.failed(let message)), .look(.cancelled(let message)):
        Canary.requireClean(message.description, limit: UntrustedText.excerptLength)
      case .look(.paused), .noRecords: break
      case .records(let data, let count):
        let found = JSONTarget.count(UnsafeRawBufferPointer(rebasing: bytes[data]))
        require(found == count, "the data is an array of that many")
      case .look, .record: require(false, "a worker answers nothing else")
      }
    } catch {
      require(error.code != nil, "an answer's fault is the mission's: \(error)")
      Canary.requireClean(error.description)
    }
  }
}
