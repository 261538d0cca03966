import Glibc
import MissionCore
import Ports
import Spool
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SegmentTests {
  private let spool: SpoolFixture
  private var folder: String { spool.folder.path + "/spool" }

  init() throws { spool = try SpoolFixture() }

  private func mission(_ number: Int) -> MissionID { SpoolFixture.mission(UInt64(number)) }

  private func text(_ size: Int, _ mark: Int = 0) -> String {
    "\(mark)".padding(with: "x", to: size)
  }

  private var segments: [String] {
    spool.folder.names(in: "spool").filter { $0.hasPrefix("segment-") }
  }

  @Test("small results are found again after the process was killed")
  func killed() throws {
    let results = try (1...50).map { try spool.store.ingested(text: text($0 * 37, $0), mission($0)) }
    #expect(spool.files.isEmpty)
    #expect(File.mode("\(folder)/segment-1.spool") == 0o600)
    let next = try SpoolStore(directory: folder)
    #expect(try next.sweep { _ in .result } == 0)
    for (index, result) in results.enumerated() {
      #expect(try next.found(result) == Array(#"[{"":"\#(text((index + 1) * 37, index + 1))"}]"#.utf8))
    }
    // Only what the journal needs is kept, as a file each.
    #expect(try next.sweep { $0 == mission(7) ? .result : .nothing } == 49)
    #expect(try next.found(results[6]) != nil)
    #expect(try next.found(results[7]) == nil)
    next.close()
    #expect(spool.folder.names(in: "spool") == ["\(mission(7)).json"])
  }

  @Test(
    "a record that did not reach the disk whole is not found, and hides no whole one",
    arguments: [8, 88, 89, 150, 700], [1, 2])
  func torn(bytesThere: Int, of number: Int) throws {
    let first = try spool.store.ingested(text: text(500), mission(1))
    let before = try #require(File.read("\(folder)/segment-1.spool"))
    let second = try spool.store.ingested(text: text(800), mission(number))
    var after = try #require(File.read("\(folder)/segment-1.spool"))
    let start = RecordPosition.second(afterDataOf: Int(first.size))
    after.replaceSubrange((start + bytesThere)..., with: before[(start + bytesThere)...])
    File.write(after, to: "\(folder)/segment-1.spool")
    let next = try SpoolStore(directory: folder)
    #expect(try next.sweep { $0 == mission(1) ? .result : .lostBytes } == 0)
    #expect(try next.found(first) != nil)
    #expect(try next.found(second) == nil)
    // It is never written behind a torn record.
    let third = try next.ingested(text: text(900), mission(3))
    #expect(segments.count == 2)
    let last = try SpoolStore(directory: folder)
    #expect(try last.found(first) != nil)
    #expect(try last.found(third) != nil)
    last.close()
    #expect(spool.files == [mission(1), mission(3)].map { "\($0).json" })
  }

  @Test(
    "a segment that was cut or is no segment is left alone, and the rest is found", arguments: [0, 5, 300])
  func cut(size: Int) throws {
    let first = try spool.store.ingested(text: text(100), mission(1))
    let second = try spool.store.ingested(text: text(100), mission(2))
    #expect(truncate("\(folder)/segment-1.spool", size) == 0)
    File.write(Array("no segment".utf8), to: "\(folder)/segment-9.spool")
    File.write(Array("not ours".utf8), to: "\(folder)/segment-x.spool")
    let next = try SpoolStore(directory: folder)
    #expect(try (next.found(first) != nil) == (size == 300))
    #expect(try next.found(second) == nil)
    _ = try next.ingested(text: text(10), mission(3))
    #expect(segments.contains("segment-10.spool"))
    next.close()
    #expect(segments == ["segment-x.spool"])
  }

  @Test("an old record behind the newest one is no record, though it is whole")
  func leftOver() throws {
    let old = try spool.store.ingested(text: text(64), mission(1))
    let record = try #require(File.read("\(folder)/segment-1.spool"))[..<(88 + Int(old.size))]
    spool.store.remove(mission(1))
    let new = try spool.store.ingested(text: text(20), mission(2))
    var content = try #require(File.read("\(folder)/segment-1.spool"))
    let behind = RecordPosition.second(afterDataOf: Int(new.size))
    content.replaceSubrange(behind..<behind + record.count, with: record)
    File.write(content, to: "\(folder)/segment-1.spool")
    let next = try SpoolStore(directory: folder)
    #expect(try next.found(new) != nil)
    #expect(try next.found(old) == nil)
    // The same bytes from the beginning on are found: it is the generation that tells.
    File.write(Array(record), to: "\(folder)/segment-1.spool")
    #expect(try SpoolStore(directory: folder).found(old) != nil)
  }

  @Test("results that stay give their segments back, as files of their own, while the run goes on")
  func pressure() throws {
    let size = 250_000
    var kept: [SpooledResult] = []
    // 17 results fill a segment; one of each stays, and segments would be over after 16 of them.
    for number in 1...(17 * 20) {
      let result = try spool.store.ingested(text: text(size, number), mission(number))
      if number % 17 == 1 { kept.append(result) } else { spool.store.remove(mission(number)) }
    }
    #expect(segments.count <= 16)
    #expect(!spool.files.isEmpty)
    #expect(spool.files.allSatisfy { $0.hasSuffix(".json") })
    let next = try SpoolStore(directory: folder)
    for store in [spool.store, next] {
      for result in kept { #expect(try store.found(result)?.count == size + SpoolStore.framing) }
    }
    for result in kept.dropLast() { spool.store.remove(result.mission) }
    #expect(spool.kept(of: kept.last!.mission)?.count == size + SpoolStore.framing)
    #expect(spool.folder.names(in: "spool") == ["\(kept.last!.mission).json"])
  }

  @Test("a run that must end at once leaves plain files as well, and never waits for a large result")
  func closedWithin() throws {
    let results = try (1...150).map { try spool.store.ingested(text: text(50, $0), mission($0)) }
    spool.store.remove(mission(1))
    spool.store.close(within: .seconds(20))
    #expect(spool.folder.names(in: "spool") == results.dropFirst().map { "\($0.mission).json" }.sorted())
  }

  @Test("what there was no time for stays where the next run finds it")
  func noTime() throws {
    let result = try spool.store.ingested(text: text(50), mission(1))
    spool.store.close(within: .zero)
    #expect(spool.files.isEmpty)
    let next = try SpoolStore(directory: folder)
    #expect(try next.found(result) != nil)
    next.close()
    #expect(spool.files == ["\(mission(1)).json"])
  }
}

/// Records follow each other at multiples of eight, each with 88 bytes before its data.
private enum RecordPosition {
  static func second(afterDataOf size: Int) -> Int { (88 + size + 7) / 8 * 8 }
}

extension String {
  fileprivate func padding(with filler: Character, to size: Int) -> String {
    self + String(repeating: filler, count: max(0, size - count))
  }
}
