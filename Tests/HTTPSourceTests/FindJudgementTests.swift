import MissionCore
import Testing

@testable import HTTPSource

@Suite("the answer to find", .timeLimit(.minutes(1)))
struct FindJudgementTests {
  private func found(
    _ body: String,
    _ lines: String = "jobs: /items, where: {/m: '{mission_id}'}, job: /id, keep: {set: /set}",
    values: [String: String] = [:]
  ) -> Result<[AnsweredJob], SourceFailure> {
    let (section, problems) = Sections.read(
      """
      url: https://a.example
      start: {post: /runs, job: /id}
      look: {get: '/{job}', status: /s, done: [A]}
      find: {get: /runs, \(lines)}
      """, parameters: ["tipo"])
    #expect(problems == [])
    return Array(body.utf8).withUnsafeBytes {
      Judging.judge.foundJobs($0, section.find!, Judging.values(values))
    }
  }

  @Test(
    "lists the mission's own jobs, in its order, each once",
    arguments: [
      (#"{"items":[]}"#, []), (#"{"items":null}"#, []),
      (#"{"items":[{"id":"a","m":"m-1"},{"id":"b","m":"m-2"},{"id":"c"}]}"#, ["a"]),
      (#"{"items":[{"id":3,"m":"m-1"},{"id":"b","m":"m-1"},{"id":3,"m":"m-1"}]}"#, ["3", "b"]),
      (#"{"items":[1,"x",null,[],{"id":"a","m":"m-1"}]}"#, ["a"]),
      (#"{"items":{"id":"a","m":"m-1"}}"#, ["a"]), (#"{"items":{"id":"a","m":"m-10"}}"#, []),
      (#"{"items":[{"id":[],"m":"other"},{"id":"a","m":"m-1"}]}"#, ["a"]),
    ] as [(String, [String])])
  func own(body: String, ids: [String]) throws {
    #expect(try found(body).get().map(\.id) == ids)
  }

  @Test("keeps values of the item")
  func keep() throws {
    let jobs = try found(#"{"items":[{"id":"a","m":"m-1","set":"s"},{"id":"b","m":"m-1"}]}"#).get()
    #expect(jobs == [AnsweredJob(id: "a", kept: ["set": "s"]), AnsweredJob(id: "b", kept: [:])])
  }

  @Test(
    "does not say that there is none when it has no list, or an own job without an id",
    arguments: [
      "", "{}", #"{"items":"none"}"#, #"{"items":7}"#, #"{"items":[{"m":"m-1"}]}"#,
      #"{"items":[{"id":"","m":"m-1"}]}"#, #"{"items":[]"#, #"{"error":"x"}"#,
    ])
  func unclear(body: String) {
    #expect(found(body).kind == .unusable)
  }

  @Test("may list jobs in several places, or be the list")
  func places() throws {
    let several = #"{"running":[{"id":"a","m":"m-1"}],"ended":[{"id":"b","m":"m-1"}]}"#
    let lines = "jobs: [/running, /ended], where: {/m: '{mission_id}'}, job: /id"
    #expect(try found(several, lines).get().map(\.id) == ["a", "b"])
    #expect(found(#"{"running":[]}"#, lines).kind == .unusable)
    #expect(
      try found(#"[{"id":"a","m":"m-1"}]"#, "where: {/m: '{mission_id}'}, job: /id").get().map(\.id) == ["a"])
  }

  @Test(
    "compares every place with its text, numbers by their token",
    arguments: [
      (#"{"id":"a","m":{"x":1.0,"y":true}}"#, 0), (#"{"id":"a","m":{"x":1,"y":true}}"#, 1),
      (#"{"id":"a","m":{"x":"1","y":"true"}}"#, 1), (#"{"id":"a","m":{"x":1}}"#, 0),
      (#"{"id":"a","m":{"x":1,"y":null}}"#, 0), (#"{"id":"a","m":{"x":1,"y":[true]}}"#, 0),
    ])
  func compares(item: String, count: Int) throws {
    let lines = "where: {/m/x: 1, /m/y: 'true', /id: '{source}'}, job: /id"
    #expect(try found("[\(item)]", lines, values: ["source": "a"]).get().count == count)
  }

  @Test(
    "takes nothing, null and an empty text for an empty value that was sent",
    arguments: [
      (#"{"id":"a"}"#, 1), (#"{"id":"a","t":null}"#, 1), (#"{"id":"a","t":""}"#, 1),
      (#"{"id":"a","t":"x"}"#, 0),
    ])
  func emptyValues(item: String, count: Int) throws {
    #expect(
      try found("[\(item)]", "where: {/t: '{tipo}'}, job: /id", values: ["tipo": ""]).get().count == count)
  }

  @Test("without where everything it lists is the mission's")
  func noCondition() throws {
    #expect(
      try found(#"[{"id":"a"},{"id":"b"}]"#, "query: {mission: '{mission_id}'}, job: /id").get().count == 2)
  }
}
