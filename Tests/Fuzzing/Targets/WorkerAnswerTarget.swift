import HTTP
import JSONStream
import MissionCore
import Ports

@testable import Spool
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
    case .failure(let failure): Canary.requireClean(failure.message)
    }
    for key in ["session_id", "status"] {
      if case .failure(let failure) = control.text(key, in: answer, of: "GET /x") {
        Canary.requireClean(failure.message)
      }
    }
  }

  private static func job(_ bytes: UnsafeRawBufferPointer) {
    do throws(SpoolError) {
      let reading = try AnswerReader(bytes, masking: Canary.redactor).read(progress: nil)
      switch reading.answer {
      case .waiting(let status, let isKnown): if !isKnown { Canary.requireClean(status, limit: 64) }
      case .ended(_, let error): Canary.requireClean(error ?? "", limit: UntrustedText.excerptLength)
      case .result:
        let found = reading.data.map { JSONTarget.count(UnsafeRawBufferPointer(rebasing: bytes[$0])) }
        require(found == nil || found == reading.adsCount, "the data is an array of that many")
        require(reading.data != nil || reading.adsCount == 0, "without data there are no ads")
      }
    } catch {
      require(error.code != nil, "an answer's fault is the mission's: \(error)")
      Canary.requireClean(error.description)
    }
  }
}
