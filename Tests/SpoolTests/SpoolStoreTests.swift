import Crypto
import Glibc
import MissionCore
import Ports
import Spool
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SpoolStoreTests {
  private let mission = SpoolFixture.mission(1)

  @Test("the folder is made 0700 with what is missing above it, or tightened")
  func created() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/a/b/spool"
    let store = try SpoolStore(directory: path)
    #expect(File.mode(path) == 0o700)
    #expect(store.freeSpace() > 0)
    store.close()
    chmod(path, 0o755)
    try SpoolStore(directory: path).close()
    #expect(File.mode(path) == 0o700)
  }

  @Test("a folder that is a symbolic link or a file is refused")
  func refused() throws {
    let folder = TemporaryFolder()
    mkdir(folder.path + "/real", 0o700)
    #expect(symlink(folder.path + "/real", folder.path + "/link") == 0)
    File.write([], to: folder.path + "/file")
    for name in ["link", "file"] {
      #expect { try SpoolStore(directory: "\(folder.path)/\(name)") } throws: {
        guard case .unsafe = $0 as? SpoolError else { return false }
        return true
      }
    }
  }

  @Test("a result is found again by size and digest, and only then", arguments: [10, 400_000])
  func opened(size: Int) throws {
    let spool = try SpoolFixture()
    let data = "[{\"\":\"" + String(repeating: "x", count: size) + "\"}]"
    let written = try spool.completed(spool.ingest(#"{"status":"completed","data":\#(data)}"#))
    let found = try #require(
      spool.store.open(mission: mission, size: written.size, sha256: written.sha256, adsCount: 1).result)
    #expect(found.sha256 == written.sha256 && found.size == written.size && found.adsCount == 1)
    #expect(found.isInMemory == (size == 10))
    #expect(try found.withBytes { bytes, _ in Array(bytes) } == Array(data.utf8))
    #expect(spool.store.claimed(written).result?.sha256 == written.sha256)

    func isLost(_ mission: MissionID, _ size: Int64) -> Bool {
      let answer = spool.store.open(mission: mission, size: size, sha256: written.sha256, adsCount: 1)
      if case .lost = answer { return true }
      return false
    }
    #expect(isLost(mission, written.size + 1))
    #expect(isLost(SpoolFixture.mission(2), written.size))
    let path = size == 10 ? spool.folder.path + "/spool/segment-1.spool" : spool.resultPath(mission)
    var bytes = try #require(File.read(path))
    // From the end: what stands before the result may hold any byte.
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: "x")))
    bytes[end - size / 2] ^= 1
    File.write(bytes, to: path)
    #expect(isLost(mission, written.size))
  }

  @Test("a file that was cut after it was opened is told as lost")
  func lost() throws {
    let spool = try SpoolFixture()
    let data = "[{\"\":\"" + String(repeating: "x", count: 400_000) + "\"}]"
    let result = try spool.completed(spool.ingest(#"{"status":"completed","data":\#(data)}"#))
    truncate(spool.resultPath(mission), 5)
    #expect(throws: SpoolError.lost(path: spool.resultPath(mission))) { try result.open() }
    unlink(spool.resultPath(mission))
    #expect(throws: SpoolError.lost(path: spool.resultPath(mission))) { try result.withBytes { _, _ in } }
  }

  @Test("removed missions leave nothing once the store is closed")
  func removed() throws {
    let spool = try SpoolFixture()
    for number in 0..<200 {
      _ = try spool.completed(
        spool.ingest(#"{"status":"completed","data":[{}]}"#, SpoolFixture.mission(UInt64(number))))
    }
    for number in 0..<199 { spool.store.remove(SpoolFixture.mission(UInt64(number))) }
    spool.store.remove(SpoolFixture.mission(1000))
    spool.store.close()
    #expect(spool.folder.names(in: "spool") == ["\(SpoolFixture.mission(199)).json"])
  }

  @Test("a segment is written anew when nothing is needed of it, without a trace of what was there")
  func reused() throws {
    let spool = try SpoolFixture()
    let other = SpoolFixture.mission(2)
    let first = try spool.store.ingested(text: "a long result that was there before", mission)
    #expect(try spool.found(first) != nil)
    spool.store.remove(mission)
    let second = try spool.store.ingested(text: "7", other)
    #expect(try spool.found(second) == Array(#"[{"":"7"}]"#.utf8))
    #expect(try spool.found(first) == nil)
    #expect(spool.folder.names(in: "spool").filter { $0.hasPrefix("segment") } == ["segment-1.spool"])
    let reopened = try SpoolStore(directory: spool.folder.path + "/spool")
    #expect(try reopened.found(second) == Array(#"[{"":"7"}]"#.utf8))
    #expect(try reopened.found(first) == nil)
  }

  @Test(
    "a mission that is scraped again after it was given up keeps its new result", arguments: [false, true])
  func givenUpAndBack(isFile: Bool) throws {
    let spool = try SpoolFixture()
    let missions = (1...3).map { SpoolFixture.mission($0) }
    for mission in missions { _ = try spool.store.ingested(text: "1", mission) }
    for mission in missions { spool.store.remove(mission) }
    let answer = #"{"status":"completed","data":[{"n":2}]}"#
    _ = try spool.completed(isFile ? spool.ingestFile(answer) : spool.ingest(answer))
    for number in UInt64(4)...6 { _ = try spool.store.ingested(text: "3", SpoolFixture.mission(number)) }
    #expect(spool.kept() == Array(#"[{"n":2}]"#.utf8))
    #expect(spool.folder.names(in: "spool").count == 4)
  }

  @Test("a store that is only opened and closed beside a live one takes nothing from it")
  func beside() throws {
    let spool = try SpoolFixture()
    let result = try spool.store.ingested(text: "x", mission)
    let before = spool.folder.names(in: "spool")
    let other = try SpoolStore(directory: spool.folder.path + "/spool")
    #expect(other.freeSpace() > 0)
    other.close()
    #expect(spool.folder.names(in: "spool") == before)
    #expect(try spool.found(result) != nil)
  }

  @Test("a temporary file left by a crash is seen, and swept with the orphans; others' files stay")
  func swept() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/spool"
    try SpoolStore(directory: path).close()
    let kept = SpoolFixture.mission(1)
    let orphan = SpoolFixture.mission(2)
    for name in ["\(kept).json", "\(kept).part", "\(orphan).json", "notes.txt", "x.json"] {
      File.write([0x5B, 0x5D], to: "\(path)/\(name)")
    }
    let store = try SpoolStore(directory: path)
    #expect(try store.hasPart(kept))
    #expect(try !store.hasPart(orphan))
    #expect(try store.sweep { $0 == kept ? .result : .nothing } == 2)
    #expect(folder.names(in: "spool") == ["\(kept).json", "notes.txt", "x.json"].sorted())
    #expect(try !store.hasPart(kept))
    File.write([], to: store.partPath(for: kept))
    store.removePart(kept)
    #expect(try !store.hasPart(kept))
    store.close()
  }
}
