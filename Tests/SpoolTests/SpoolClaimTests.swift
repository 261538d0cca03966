import Glibc
import MissionCore
import Ports
import Spool
import TestSupport
import Testing

/// Several journals in one folder: nobody removes what is another's.
@Suite(.timeLimit(.minutes(5)))
struct SpoolClaimTests {
  private let folder = TemporaryFolder()
  private let missions = (1...3).map { SpoolFixture.mission($0) }

  /// - Parameter needed: what the journal still needs of the spool.
  private func take(
    _ journal: String, _ identity: String, alone: Bool = true, needed: [SpooledResult] = []
  ) throws -> SpoolClaim {
    File.write([], to: "\(folder.path)/\(journal)")
    return try SpoolClaim.take(
      in: folder.path, journal: journal, identity: identity, hasNeighbours: !alone
    ) { mission in
      needed.first { $0.mission == mission }.map {
        ScrapedResult(adsCount: $0.adsCount, size: $0.size, sha256: $0.sha256)
      }
    }
  }

  private func spool(_ claim: SpoolClaim, _ mission: MissionID, _ text: String = "x") throws -> SpooledResult
  {
    let store = try SpoolStore(directory: claim.path)
    defer { store.close() }
    return try store.ingested(text: text, mission)
  }

  private var folders: [String] { folder.names(in: "").filter { $0.hasPrefix("spool") } }

  @Test("a journal alone has the folder spool, and an empty one is nobody's when it ends")
  func alone() throws {
    let claim = try take("a", "aaaa")
    #expect(claim.path == folder.path + "/spool")
    #expect(folder.names(in: "spool") == [".owner"])
    #expect(File.mode(claim.path + "/.owner") == 0o600)
    claim.release()
    claim.release()
    #expect(folder.names(in: "spool") == [])
    #expect(try take("b", "bbbb").path == claim.path)
  }

  @Test("a second journal has a spool of its own, while the first lives and afterwards, and finds it again")
  func second() throws {
    let first = try take("a", "aaaa")
    let second = try take("b", "bbbb", alone: false)
    #expect(second.path != first.path)
    second.release()
    #expect(folders == ["spool"])
    let kept = try spool(first, missions[0])
    first.release()
    #expect(folder.names(in: "spool") == [".owner", "\(missions[0]).json"])
    let again = try take("b", "bbbb", alone: false)
    #expect(again.path == second.path)
    let own = try spool(again, missions[0], "another")
    let store = try SpoolStore(directory: again.path)
    try store.sweep { _ in .result }
    store.close()
    again.release()
    let third = try take("b", "bbbb", alone: false)
    #expect(third.path == second.path)
    #expect(try SpoolStore(directory: third.path).found(own) != nil)
    #expect(try SpoolStore(directory: try take("a", "aaaa", alone: false).path).found(kept) != nil)
  }

  @Test("a journal that was made anew leaves the results of the old one alone, and it is told")
  func madeAnew() throws {
    let old = try take("a", "aaaa")
    _ = try spool(old, missions[0])
    old.release()
    let new = try take("a", "cccc")
    #expect(new.path != old.path)
    #expect(new.notice?.plain.contains("left alone") == true)
    #expect(folder.names(in: "spool") == [".owner", "\(missions[0]).json"])
  }

  @Test(
    "a copy of a journal gets copies of what it needs and removes nothing; a renamed one goes on in place")
  func copied() throws {
    let old = try take("a", "aaaa")
    let needed = try spool(old, missions[0])
    _ = try spool(old, missions[1])
    let large = try spool(old, missions[2], String(repeating: "x", count: 400_000))
    old.release()
    let copy = try take("b", "aaaa", alone: false, needed: [needed, large])
    #expect(copy.path != old.path)
    let store = try SpoolStore(directory: copy.path)
    for result in [needed, large] {
      #expect(try store.found(result) == SpoolStore(directory: old.path).found(result))
    }
    #expect(folder.names(in: "spool").count == 4)
    store.close()
    copy.release()
    unlink(folder.path + "/a")
    unlink(folder.path + "/b")
    #expect(try take("c", "aaaa").path == old.path)
  }

  @Test("what a version without owners left is taken over by a journal alone, and copied from among several")
  func ownerless() throws {
    let store = try SpoolStore(directory: folder.path + "/spool")
    let needed = try store.ingested(text: "mine", missions[0])
    _ = try store.ingested(text: "not mine", missions[1])
    // As after a kill: both lie in a segment.
    let several = try take("a", "aaaa", alone: false, needed: [needed])
    #expect(several.path != folder.path + "/spool")
    #expect(several.notice?.plain.contains("copied") == true)
    #expect(try SpoolStore(directory: several.path).found(needed) != nil)
    #expect(folder.names(in: "spool").contains("segment-1.spool"))
    #expect(!folder.names(in: "spool").contains(".owner"))
    let alone = try take("b", "bbbb")
    #expect(alone.path == folder.path + "/spool")
    #expect(alone.notice == nil)
  }

  @Test("one journal that lives under two names is refused, and so is an owner that is none")
  func refused() throws {
    let first = try take("a", "aaaa")
    #expect(throws: SpoolError.inUse(path: first.path)) { try take("a", "aaaa") }
    first.release()
    File.write(Array("nonsense".utf8), to: folder.path + "/spool/.owner")
    #expect { try take("a", "aaaa") } throws: {
      guard case .unsafe = $0 as? SpoolError else { return false }
      return true
    }
  }
}
