import HTTP
import HTTPAnswers
import JSONStream
import KeyTable
import MissionCore
import Placeholders

@testable import HTTPSource

/// Answers of an API that starts jobs: to a start, a look and a find.
enum JobsAnswerTarget: FuzzTarget {
  static let name = "jobs-answer"

  static let seeds = [
    #"{"data":{"id":"run-1","defaultDatasetId":"set-1"}}"#, #"{"data":{"id":42,"defaultDatasetId":null}}"#,
    #"{"status":"SUCCEEDED"}"#, #"{"status":"FAILED","error":"\u001b[31m canary-secret \u202e"}"#,
    #"{"status":null}"#, #"{"status":1.0,"error":{"why":["canary-secret"]}}"#,
    #"{"jobs":[{"id":"a","reference":"m-1"},{"id":"b"},{"id":"a","reference":"m-1"},7]}"#,
    #"{"jobs":{"id":"a","reference":"m-1"}}"#, #"{"jobs":null}"#, "<html>canary-secret</html>",
  ]

  static let words =
    JSONTarget.words + [
      "\"data\":{", "\"id\":", "\"defaultDatasetId\":", "\"status\":", "\"SUCCEEDED\"", "\"FAILED\"",
      "\"GONE\"",
      "\"error\":", "\"jobs\":[", "\"reference\":\"m-1\"", "canary-secret", "\\u0063anary-secret", "\u{202E}",
      "\u{1B}[", "\\ud800",
    ]

  private static let judge = AnswerJudge(
    name: "jobs", credentials: "", redactor: Canary.redactor, now: { Timestamp(milliseconds: 0) })

  static func take(_ bytes: UnsafeRawBufferPointer) {
    start(bytes)
    look(bytes)
    find(bytes)
  }

  private static func start(_ bytes: UnsafeRawBufferPointer) {
    var section = StartSection()
    section.job = JSONPointer("/data/id")
    section.keep = [Named("dataset", JSONPointer("/data/defaultDatasetId")!)]
    let answer = HTTPResponse(status: 201, headers: HTTPHeaders([]), body: .memory(Array(bytes)))
    switch judge.startedJob(.success(answer), section) {
    case .success(let job): check(job)
    case .failure(let failure):
      require(failure.kind == .mismatch, "a job may run whose id cannot be read")
      Canary.requireClean(failure.message.description)
    }
  }

  private static func look(_ bytes: UnsafeRawBufferPointer) {
    var section = LookSection()
    section.status = JSONPointer("/status")!
    (section.done, section.failed, section.gone) = (["SUCCEEDED"], ["FAILED"], ["GONE"])
    section.error = JSONPointer("/error")
    switch judge.looked(bytes, section) {
    case .success(let job):
      switch job.standing {
      case .failed(let words): Canary.requireClean(words.description)
      case .waiting(let status, let isKnown):
        require(!isKnown, "no word is waited on")
        Canary.requireClean(status, limit: 64)
      case .gone(let status): Canary.requireClean(status, limit: 64)
      case .done, .empty: break
      }
    case .failure(let failure): Canary.requireClean(failure.message.description)
    }
  }

  private static func find(_ bytes: UnsafeRawBufferPointer) {
    var section = FindSection()
    section.jobs = [JSONPointer("/jobs")!]
    section.job = JSONPointer("/id")!
    switch judge.foundJobs(bytes, section, PlaceholderValues()) {
    case .success(let jobs):
      require(Set(jobs.map(\.id)).count == jobs.count, "each job once")
      for job in jobs { check(job) }
    case .failure(let failure): Canary.requireClean(failure.message.description)
    }
  }

  private static func check(_ job: AnsweredJob) {
    require((1...256).contains(job.id.utf8.count), "\(job.id) is a job id")
    require(
      !job.id.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(job.id) is a text")
    for (_, value) in job.kept { require(value.utf8.count <= 512, "\(value) is kept") }
  }
}
