import Glibc
import MissionCore
import Ports
import Spool
import TestSupport
import Testing

@Suite(
  .enabled(if: SmallDisk.isPossible, "needs root and the right to mount a tmpfs"), .timeLimit(.minutes(5)))
struct FullDiskTests {
  private func mission(_ number: Int) -> MissionID { SpoolFixture.mission(UInt64(number)) }

  private func isNoSpace(_ error: any Error) -> Bool {
    if case .noSpace? = error as? SpoolError { return true }
    return false
  }

  @Test("without room for a segment the answer is an error of the run, nothing is left, and later it works")
  func noRoom() throws {
    let disk = try #require(SmallDisk(megabytes: 2))
    let store = try SpoolStore(directory: disk.path + "/spool")
    #expect { try store.ingested(text: "x", mission(1)) } throws: { isNoSpace($0) }
    #expect(disk.folder.names(in: "disk/spool") == ["marks.spool"])
    #expect(disk.resize(megabytes: 16))
    let result = try store.ingested(text: "x", mission(1))
    #expect(try store.found(result) != nil)
    store.close()
    #expect(disk.folder.names(in: "disk/spool") == ["\(mission(1)).json"])
  }

  @Test("when the disk fills, what was acknowledged stays whole, also when it cannot be moved at the end")
  func full() throws {
    let disk = try #require(SmallDisk(megabytes: 6))
    let store = try SpoolStore(directory: disk.path + "/spool")
    var results: [SpooledResult] = []
    let text = String(repeating: "x", count: 200_000)
    #expect {
      for number in 1...100 { results.append(try store.ingested(text: text, mission(number))) }
    } throws: {
      isNoSpace($0)
    }
    #expect(results.count == 20)
    disk.fill()
    store.close()
    #expect(disk.folder.names(in: "disk/spool") == ["segment-1.spool"])
    let next = try SpoolStore(directory: disk.path + "/spool")
    for result in results { #expect(try next.found(result)?.count == text.count + SpoolStore.framing) }
    // A finished run makes room again.
    for result in results { next.remove(result.mission) }
    #expect(try next.found(next.ingested(text: text, mission(99)))?.count == text.count + SpoolStore.framing)
  }

  @Test("a large result that does not fit is an error of the run and leaves nothing")
  func largeResult() throws {
    let disk = try #require(SmallDisk(megabytes: 1))
    let store = try SpoolStore(directory: disk.path + "/spool")
    #expect { try store.ingested(text: String(repeating: "x", count: 2 << 20), mission(1)) } throws: {
      isNoSpace($0)
    }
    #expect(disk.folder.names(in: "disk/spool").isEmpty)
    store.close()
  }
}

/// A file system of a few megabytes, gone with this object.
private final class SmallDisk: Sendable {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/disk" }

  static var isPossible: Bool { geteuid() == 0 && SmallDisk(megabytes: 1) != nil }

  init?(megabytes: Int) {
    mkdir(path, 0o700)
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else { return nil }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  func resize(megabytes: Int) -> Bool {
    mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=\(megabytes)m") == 0
  }

  func fill() {
    let descriptor = open(path + "/filler", O_WRONLY | O_CREAT, 0o600)
    let page = [UInt8](repeating: 0, count: 4096)
    while write(descriptor, page, page.count) > 0 {}
    close(descriptor)
  }
}
