import CSyncWatch
import Glibc
import MissionCore
import Ports
import Spool
import TestSupport
import Testing

/// What a test that kills the process cannot see: the kernel keeps written bytes alive, a power cut does not.
@Suite("durability of the spool", .serialized, .timeLimit(.minutes(5)))
struct DurabilityTests {
  private let fixture: SpoolFixture
  private var folder: String { fixture.folder.path + "/spool" }

  init() throws {
    fixture = try SpoolFixture()
    // The first result makes the segment.
    _ = try fixture.store.ingested(text: "first", SpoolFixture.mission(9))
    sync_watch_begin(folder)
  }

  /// What is not synced of files like this at the moment of the answer.
  private func unsynced(_ pattern: String, _ answer: ReceivedAnswer) throws -> Int32 {
    let reply = Reply<(count: Int32, result: Result<ScrapeAnswer, SpoolError>)>()
    fixture.store.ingest(answer, mission: SpoolFixture.mission(1), as: fixture.reader) { result in
      reply.give((sync_watch_unsynced(pattern) + sync_watch_unsynced("/"), result))
    }
    let (count, result) = reply.wait()
    _ = try fixture.completed(result)
    sync_watch_end()
    return count
  }

  private func answer(characters: Int) -> [UInt8] {
    Array(#"{"status":"completed","data":[{"":"\#(String(repeating: "x", count: characters))"}]}"#.utf8)
  }

  @Test("a small result is answered after its bytes are on disk")
  func small() throws {
    #expect(try unsynced("segment-*", .memory(answer(characters: 100))) == 0)
  }

  @Test("a large result is answered after its bytes and its name are on disk")
  func large() throws {
    let path = fixture.store.partPath(for: SpoolFixture.mission(1))
    let bytes = answer(characters: 2_000_000)
    File.write(bytes, to: path)
    #expect(try unsynced("*.json", .file(path: path, size: Int64(bytes.count))) == 0)
  }

  @Test("the watch sees bytes and names that are not synced")
  func watchSees() throws {
    let path = folder + "/probe"
    let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    var byte: UInt8 = 1
    #expect(pwrite(descriptor, &byte, 1, 0) == 1)
    #expect(sync_watch_unsynced("probe") == 1)
    #expect(rename(path, folder + "/renamed") == 0)
    #expect(sync_watch_unsynced("probe") == 0)
    #expect(sync_watch_unsynced("renamed") == 1)
    #expect(sync_watch_unsynced("/") == 1)
    #expect(fsync(descriptor) == 0)
    #expect(sync_watch_unsynced("renamed") == 0)
    unlink(folder + "/renamed")
    sync_watch_end()
  }
}
