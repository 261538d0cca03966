import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// The product whole without a server for its objects.
  @Suite(.timeLimit(.minutes(5))) struct FolderStoreRuns {
    private func installation() async throws -> Installation {
      let site = try await Installation(Setup(workers: 2, capacity: 2, ads: "0..12", jobTime: "5ms..30ms"))
      try site.addMissions(days: 60)
      return site
    }

    @Test("a run into SQLite and a folder, killed and taken up again, leaves what a bucket would hold")
    func killedAndResumed() async throws {
      let bucket = try await installation()
      #expect(try await bucket.run("run").way == .exit(0))

      let site = try await installation()
      try site.keepObjectsInFolder()
      let run = try site.start(["run"])
      let isUnderWay = try await Wait.until { site.objects.count > 5 }
      #expect(isUnderWay)
      run.signal(SIGKILL)
      #expect(try await site.end(run).way == .signal(SIGKILL))
      let last = try await site.run("run")
      #expect(last.way == .exit(0), "\(last.errors)\(last.output)")
      try await site.expectInvariants()
      let verified = try await site.run("verify")
      #expect(verified.way == .exit(0), "\(verified.errors)\(verified.output)")

      #expect(site.objects.count == 60)
      #expect(site.objects == bucket.objects)
      for key in site.objects {
        let bytes = try TemporaryFolder.bytes("\(site.storeFolder)/\(key)")
        #expect(try bytes == TemporaryFolder.bytes("\(bucket.storeFolder)/\(key)"))
        let metadata = try JSON(text: TemporaryFolder.text("\(site.storeFolder)/\(key).meta.json"))
        #expect(metadata["mission-id"].string.map { key.hasSuffix("/\($0).json") } == true)
        #expect(metadata["content-type"].string == "application/json")
      }
    }

    @Test("an object that is lost or altered is found and put again")
    func repaired() async throws {
      let site = try await installation()
      try site.keepObjectsInFolder()
      #expect(try await site.run("run").way == .exit(0))
      let lost = "\(site.storeFolder)/\(site.objects[3])"
      let altered = "\(site.storeFolder)/\(site.objects[7])"
      let bytes = try [lost, altered].map(TemporaryFolder.bytes)
      try FileManager.default.removeItem(atPath: lost)
      try Data("[]".utf8).write(to: URL(fileURLWithPath: altered))
      let stray = "\(site.storeFolder)/scrapes/stray.json"
      try Data("[]".utf8).write(to: URL(fileURLWithPath: stray))

      let found = try await site.run("verify")
      #expect(found.way == .exit(1))
      #expect(found.output.contains("scrapes/stray.json is no audit object of a mission in the journal"))
      try FileManager.default.removeItem(atPath: stray)
      #expect(try await site.run("verify", "--repair", "--yes").way == .exit(1))
      // What neither rows nor spool can prove is scraped anew.
      #expect(try await site.run("run").way == .exit(0))
      #expect(try await site.run("verify").way == .exit(0))
      #expect(try [lost, altered].map(TemporaryFolder.bytes) == bytes)
    }

    @Test("check writes, reads and removes a probe, and says where")
    func checked() async throws {
      let site = try await installation()
      try site.keepObjectsInFolder()
      let check = try await site.run("check")
      #expect(check.way == .exit(0), "\(check.output)\(check.errors)")
      #expect(check.output.contains("wrote, read and removed a probe object in ../store/mission-audit"))
      #expect(site.objects == [])
    }

    @Test("without the folder that its folder is to be made in, missions fail with their bytes kept")
    func unmounted() async throws {
      let site = try await installation()
      try site.keepObjectsInFolder()
      try site.configure("../store/mission-audit", "../absent/mission-audit")
      let run = try await site.run("run")
      #expect(run.way == .exit(1))
      #expect(try site.statuses() == ["FAILED|60"])
      #expect(run.output.contains("ERROR400"))
      try FileManager.default.createDirectory(
        atPath: site.temporary.path + "/absent", withIntermediateDirectories: false)
      #expect(try await site.run("run", "--retry-failed").way == .exit(0))
      #expect(try await site.run("verify").way == .exit(0))
    }
  }
}
