import MissionCore
import Testing

@testable import Journal

@Suite(.timeLimit(.minutes(1))) struct KeptFilesTests {
  private let files = [
    KeptFile(name: "a.csv", size: 3, sha256: "aa", place: "m/1/a.csv"),
    KeptFile(name: "pasta/b \"é\".pdf", size: 4, sha256: "bb", place: "m/1/pasta/b \"é\".pdf"),
  ]

  private func scraped(_ fixture: Fixture, _ files: [KeptFile], former: [String] = []) throws -> MissionID {
    let imported = mission(1)
    _ = try fixture.journal.importMissions([imported], at: start)
    try fixture.run("run-1")
    let id = imported.id
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil))
    try fixture.write(id, .scrapeStarted(jobID: "j"))
    try fixture.write(
      id,
      .scrapeCompleted(
        adsCount: 1, size: 9, sha256: "s", seconds: 1, keptFiles: files, formerFiles: former))
    return id
  }

  @Test("kept files and the names of former ones are read back; at the end nothing of former scrapes is left")
  func kept() throws {
    let fixture = try Fixture()
    let id = try scraped(fixture, files, former: ["old.pdf", "pasta/old.csv"])
    let record = try #require(try fixture.reader().mission(id))
    #expect(record.keptFiles == files)
    #expect(record.former == FormerObjects(files: ["old.pdf", "pasta/old.csv"]))
    try fixture.write(id, .dbCompleted(seconds: 1))
    try fixture.write(id, .s3Completed(key: "k", etag: "e", size: 1, sha256: "x", seconds: 1))
    let done = try #require(try fixture.reader().mission(id))
    #expect(done.keptFiles == files)
    #expect(done.former == FormerObjects())
  }

  @Test("a mission that is put back, or whose bytes were lost, replaces its object and knows its files")
  func putBack() throws {
    let fixture = try Fixture()
    let id = try scraped(fixture, files)
    try fixture.write(id, .scrapeDiscarded)
    #expect(try fixture.reader().mission(id)?.former.replaces == true)
    #expect(try fixture.reader().mission(id)?.keptFiles == files)
  }

  @Test("a recovered mission is done as the ledger says, and counted for its run")
  func recovered() throws {
    let fixture = try Fixture()
    let imported = mission(2)
    _ = try fixture.journal.importMissions([imported, mission(3)], at: start)
    try fixture.run("run-1")
    let found = RecoveredMission(
      adsCount: 7, sha256: "s", doneAt: start.later(-86_400),
      object: UploadedObject(key: "k", etag: "e", size: 5, sha256: "b"), keptFiles: files)
    try fixture.write(imported.id, .recovered(found), [JournalEvent(.recovered)], run: "run-1")
    let reader = try fixture.reader()
    let record = try #require(try reader.mission(imported.id))
    #expect(record.status == .done && record.checkpoint == .s3 && record.adsCount == 7)
    #expect(record.finishedAt == start.later(-86_400))
    #expect((record.s3Key, record.s3ETag, record.s3SHA256) == ("k", "e", "b"))
    #expect(record.worker == nil && record.jobID == nil && record.size == nil)
    #expect(record.keptFiles == files)
    let counts = try #require(try reader.run(id: "run-1")).counts
    #expect([counts.selected, counts.done, counts.recovered, counts.left] == [2, 1, 1, 1])
    #expect(try reader.counts().done == 1)
    #expect(failure { try fixture.write(imported.id, .recovered(found)) } != nil)
    try fixture.write(mission(3).id, .replacementFound(formerFiles: ["x"]))
    #expect(try reader.mission(mission(3).id)?.former == FormerObjects(replaces: true, files: ["x"]))
  }
}
