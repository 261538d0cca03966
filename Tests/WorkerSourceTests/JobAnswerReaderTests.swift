import MissionCore
import Ports
import Spool
import Testing
import WorkerSource

@Suite(.timeLimit(.minutes(5)))
struct JobAnswerReaderTests {
  private func read(_ json: String) throws -> AnswerContent {
    try JobAnswerReader().content(of: Array(json.utf8))
  }

  private func look(_ json: String) throws -> JobLook? {
    if case .look(let look) = try read(json) { return look }
    return nil
  }

  @Test("each status of the specification has its meaning", arguments: ["pending", "queued", "running"])
  func waiting(_ status: String) throws {
    #expect(try look(#"{"status":"\#(status)"}"#) == .waiting(status: status, isKnown: true))
  }

  @Test("an unknown status is waited on, cleaned")
  func unknown() throws {
    #expect(
      try look(#"{"status":"warming\u001b[1m up"}"#) == .waiting(status: "warming[1m up", isKnown: false))
    #expect(try look(#"{"status":"COMPLETED","data":[1]}"#) == .waiting(status: "COMPLETED", isKnown: false))
  }

  @Test("the ends without a result carry the worker's words, cleaned")
  func ended() throws {
    #expect(
      try look(#"{"status":"failed","error":"out of\nmemory\u202e"}"#)
        == .failed(message: "\(ForeignWords.marked("out of memory"))"))
    #expect(
      try look(#"{"status":"cancelled"}"#) == .cancelled(message: "the job was cancelled on the worker"))
    #expect(try look(#"{"status":"paused","error":null}"#) == .paused)
    #expect(
      try look(#"{"status":"failed","error":{"code":5}}"#)
        == .failed(message: "\(ForeignWords.marked(#"{"code":5}"#))"))
    #expect(
      try look(#"{"status":"failed","ads_count":"x","data":3}"#)
        == .failed(message: "the worker gave no reason"))
  }

  @Test("the ends with a result tell where it lies")
  func result() throws {
    #expect(try read(#"{"status":"completed","data":[{}]}"#) == .records(29..<33, count: 1))
    #expect(try read(#"{"status":"empty"}"#) == .noRecords)
  }

  @Test(
    "anything else is a typed error",
    arguments: ["", "nope", "[]", "{}", #"{"status":null}"#, #"{"status":"running""#])
  func refused(_ json: String) {
    #expect { try read(json) } throws: { ($0 as? SpoolError)?.code == .scrapeOther }
  }
}
