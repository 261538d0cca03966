import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// The scraped bytes: in the destination, in the store, in the journal.
  @Suite struct Results {
    private func sha256(_ bytes: [UInt8], _ site: Installation) async throws -> String {
      let path = site.temporary.path + "/digest"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let sum = try Program(
        "/usr/bin/sha256sum", [path], in: site.folder, outputs: site.temporary.path, environment: [:])
      return String(try await sum.end().output.prefix(64))
    }

    @Test("each object is the scrape laid out with every token unchanged; digests and metadata agree")
    func objects() async throws {
      let site = try await Installation(Setup(ads: "0..60", seed: 5))
      let days = 12
      try site.addMissions(days: days)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      let list = try await site.json("list")["missions"].elements
      #expect(list.contains { $0["ads_count"].int == 0 }, "the seed gives no empty result")
      for mission in list { try await expectObject(mission, site) }
      try await site.expectInvariants()
    }

    private func expectObject(_ mission: JSON, _ site: Installation) async throws {
      let day = mission["date_start"].string!
      let id = mission["id"].string!
      let data = try site.ads(day: day)
      let key = "scrapes/\(day)/\(id).json"
      #expect(mission["s3_key"].string == key)
      let object = try TemporaryFolder.bytes("\(site.storeFolder)/\(key)")
      #expect(object == Stringified.layout(data))
      let digest = try await sha256(data, site)
      #expect(mission["sha256"].string == digest)
      #expect(mission["size"].int == data.count)
      #expect(mission["s3_sha256"].string == (try await sha256(object, site)))
      let path = "\(site.temporary.path)/store/.metadata/mission-audit/\(key).json"
      let stored = try JSON(text: TemporaryFolder.text(path))
      #expect(stored["content_type"].string == "application/json")
      #expect(mission["s3_etag"].string?.contains(stored["etag"].string!.filter { $0 != "\"" }) == true)
      let expected = [
        "mission-id": id, "run-id": try site.journal("SELECT id FROM runs")[0], "date-start": day,
        "date-end": day, "media-type": "video", "languages": "pt",
        "ads-count": "\(mission["ads_count"].int!)",
        "sha256": digest, "body-sha256": try await sha256(object, site),
      ]
      let prefixed = Dictionary(uniqueKeysWithValues: expected.map { ("x-amz-meta-\($0)", JSON.string($1)) })
      let found = stored["metadata"].members
      #expect(found == prefixed || found == expected.mapValues { JSON.string($0) })
      try expectRows(id, data, site)
      // The identity of SPEC 2, from the canonical line.
      let line = try await sha256(Array("v1|default|\(day)|\(day)|video|pt".utf8), site)
      #expect(id.prefix(8) == line.prefix(8))
      #expect(id.filter { $0 != "-" }.suffix(15) == line.prefix(32).suffix(15))
    }

    /// Each row's text is a stretch of what the worker sent.
    private func expectRows(_ id: String, _ data: [UInt8], _ site: Installation) throws {
      let sent = Data(data)
      let rows = try site.destination("SELECT data FROM ads WHERE mission_id = '\(id)' ORDER BY position")
      var from = sent.startIndex
      for row in rows {
        let place = try #require(sent.range(of: Data(row.utf8), in: from..<sent.endIndex), "\(row)")
        from = place.upperBound
      }
    }

    @Test("a result of 60 MB is done with less than 64 MB of memory")
    func bigResult() async throws {
      let site = try await Installation(Setup(workers: 1, ads: "1000", adSize: 60_000))
      try site.configure("response: 2s", "response: 60s")
      try site.configure("stalled: 2s", "stalled: 30s")
      try site.addMissions(days: 1)
      let run = try await site.end(try site.start(["run"]), within: 120)
      #expect(run.way == .exit(0), "\(run.errors)")
      let size = Int(try site.journal("SELECT size FROM mission_list")[0])!
      #expect(size > 55_000_000)
      #expect(run.peakBytes < 64 << 20, "\(run.peakBytes >> 20) MiB")
      #expect(run.peakBytes > 0)
      let object = try TemporaryFolder.bytes("\(site.storeFolder)/\(site.objects[0])")
      #expect(object.count > size)
      try await site.expectInvariants()
    }
  }
}
