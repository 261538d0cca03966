import CSyncWatch
import Glibc
import MissionCore
import Ports
import Spool
import Testing

/// What the spool says when its bytes are asked for: intact, lost, or cannot be told now.
@Suite("the spool's three answers", .serialized, .timeLimit(.minutes(5)))
struct ThreeAnswersTests {
  private let spool: SpoolFixture
  private let mission = SpoolFixture.mission(1)
  private var folder: String { spool.folder.path + "/spool" }
  private var lostName: String { "\(mission).json.lost" }

  init() throws { spool = try SpoolFixture() }

  /// A result that has a file of its own, and the store of the next run.
  private func settled(_ size: Int = 20) throws -> (SpooledResult, SpoolStore) {
    let result = try spool.store.ingested(text: String(repeating: "x", count: size), mission)
    spool.store.close()
    return (result, try SpoolStore(directory: folder))
  }

  private func isLost(_ answer: SpoolAnswer) -> Bool {
    if case .lost = answer { return true }
    return false
  }

  private func unknown(_ answer: SpoolAnswer) -> SpoolError? {
    if case .unknown(let error) = answer { return error }
    return nil
  }

  @Test(
    "what cannot be read now is not lost: nothing is concluded and nothing is touched",
    arguments: [20, 300_000],
    [Errors(EMFILE, 0), Errors(ENOMEM, 0), Errors(EIO, 0), Errors(EACCES, 0), Errors(0, EIO)])
  func cannotBeRead(size: Int, errors: Errors) throws {
    let (result, next) = try settled(size)
    let answer = faulty(spool.resultPath(mission), errors) { next.claimed(result) }
    #expect(unknown(answer)?.severity.exitCode != nil, "\(answer)")
    #expect(unknown(answer)?.isDiskFailure == (errors.open == EIO || errors.read == EIO))
    #expect(spool.folder.names(in: "spool") == ["\(mission).json"])
    #expect(next.claimed(result).result != nil)
  }

  @Test(
    "a segment or marks that cannot be read now lose nothing, and nothing is swept meanwhile",
    arguments: [Errors(EIO, 0), Errors(0, EIO), Errors(EMFILE, 0)])
  func segmentCannotBeRead(errors: Errors) throws {
    let result = try spool.store.ingested(text: "x", mission)
    // As after a kill: nothing was closed.
    let next = try SpoolStore(directory: folder)
    faulty("\(folder)/segment-1.spool", errors) {
      #expect(unknown(next.claimed(result)) != nil)
      #expect(throws: SpoolError.self) { try next.sweep { _ in .nothing } }
    }
    faulty("\(folder)/marks.spool", errors) {
      _ = #expect(throws: SpoolError.self) { try next.hasPart(mission) }
    }
    #expect(next.claimed(result).result != nil)
  }

  @Test(
    "what stands in a file's place and is none is refused, without waiting for it", arguments: [0, 1, 2, 3])
  func noFile(kind: Int) throws {
    let (result, next) = try settled(kind == 1 ? 300_000 : 20)
    let path = spool.resultPath(mission)
    unlink(path)
    switch kind {
    case 0, 1: #expect(mkfifo(path, 0o600) == 0)
    case 2: #expect(mkdir(path, 0o700) == 0)
    default: #expect(symlink("elsewhere", path) == 0)
    }
    let answer = next.claimed(result)
    guard case .unsafe = unknown(answer) else {
      Issue.record("\(answer)")
      return
    }
    #expect(spool.folder.names(in: "spool") == ["\(mission).json"])
  }

  @Test(
    "a segment or the marks that are no file are refused, and hide nothing",
    arguments: ["segment-7.spool", "marks.spool"])
  func noSegment(name: String) throws {
    let (result, next) = try settled()
    #expect(mkfifo("\(folder)/\(name)", 0o600) == 0)
    if name == "marks.spool" {
      #expect(throws: SpoolError.self) { try next.hasPart(mission) }
      #expect { try next.ingested(text: "y", mission) } throws: {
        ($0 as? SpoolError)?.severity.exitCode != nil
      }
    } else {
      #expect(unknown(next.claimed(result)) != nil)
      #expect(throws: SpoolError.self) { try next.sweep { _ in .nothing } }
    }
    #expect(spool.folder.names(in: "spool").contains("\(mission).json"))
    unlink("\(folder)/\(name)")
    #expect(next.claimed(result).result != nil)
  }

  @Test(
    "altered bytes are put aside, and stay until a new result of the mission is durable",
    arguments: [20, 300_000], [20, 300_000])
  func putAside(size: Int, newSize: Int) throws {
    let (result, next) = try settled(size)
    var bytes = try #require(File.read(spool.resultPath(mission)))
    bytes[size / 2] ^= 1
    File.write(bytes, to: spool.resultPath(mission))
    #expect(isLost(next.open(mission: mission, size: result.size, sha256: result.sha256, adsCount: 1)))
    #expect(spool.files == ["\(mission).json"])
    #expect(isLost(next.claimed(result)))
    #expect(spool.files == [lostName])
    #expect(File.read("\(folder)/\(lostName)") == bytes)
    #expect(isLost(next.claimed(result)))
    next.close()
    // The next run finds and keeps them while the mission is still to be scraped.
    let later = try SpoolStore(directory: folder)
    #expect(try later.sweep { _ in .lostBytes } == 0)
    // An answer that is no result brings nothing back.
    _ = later.ingested(.memory(Array("nonsense".utf8)), mission)
    #expect(spool.files == [lostName])
    let anew = try later.ingested(text: String(repeating: "y", count: newSize), mission)
    later.close()
    #expect(spool.folder.names(in: "spool") == ["\(mission).json"])
    #expect(try SpoolStore(directory: folder).found(anew) != nil)
  }

  @Test("bytes of a segment that are not the ones asked for are put aside as well")
  func record() throws {
    let result = try spool.store.ingested(text: "one", mission)
    let other = try spool.store.ingested(text: "other", SpoolFixture.mission(2))
    let wanted = SpooledResult(mission: mission, inMemory: Array("[{}]".utf8), adsCount: 1)
    #expect(isLost(spool.store.claimed(wanted)))
    #expect(File.read("\(folder)/\(lostName)") == Array(#"[{"":"one"}]"#.utf8))
    #expect(isLost(spool.store.claimed(result)))
    #expect(spool.store.claimed(other).result != nil)
    spool.store.remove(mission)
    spool.store.close()
    #expect(spool.folder.names(in: "spool") == ["\(SpoolFixture.mission(2)).json"])
  }

  @Test(
    "a damaged record of a segment is put aside at the next start when its mission needs it",
    arguments: [true, false])
  func damagedRecord(isNeeded: Bool) throws {
    let result = try spool.store.ingested(text: "some text", mission)
    let path = "\(folder)/segment-1.spool"
    var content = try #require(File.read(path))
    content[88 + 6] ^= 1
    File.write(content, to: path)
    // As after a kill: nothing was closed.
    let next = try SpoolStore(directory: folder)
    try next.sweep { _ in isNeeded ? .result : .lostBytes }
    #expect(spool.files == (isNeeded ? [lostName] : []))
    #expect(isLost(next.claimed(result)))
    next.close()
    #expect(spool.files == (isNeeded ? [lostName] : []))
    guard isNeeded else { return }
    #expect(File.read("\(folder)/\(lostName)") == Array(content[88..<88 + Int(result.size)]))
  }

  @Test("what was put aside goes when the mission is done, cancelled or unknown, or was scraped again")
  func sweptAside() throws {
    let names = (1...4).map { "\(SpoolFixture.mission(UInt64($0)))" }
    for name in names { File.write([1], to: "\(folder)/\(name).json.lost") }
    File.write([2], to: "\(folder)/\(names[3]).json")
    File.write([1], to: "\(folder)/notes.json.lost")
    let next = try SpoolStore(directory: folder)
    let needs: [SpoolNeed] = [.nothing, .lostBytes, .result, .result]
    let removed = try next.sweep { mission in needs[Int(mission.low & 7) - 1] }
    #expect(removed == 2)
    // The third was put aside and is not yet said to be scraped again.
    #expect(
      spool.folder.names(in: "spool")
        == ["\(names[1]).json.lost", "\(names[2]).json.lost", "\(names[3]).json", "notes.json.lost"].sorted())
  }

  @Test("a result that cannot be taken away is not forgotten: no newer one is written that it would hide")
  func stays() throws {
    let (_, next) = try settled()
    let path = spool.resultPath(mission)
    unlink(path)
    // What unlink cannot remove.
    #expect(mkdir(path, 0o700) == 0)
    #expect(throws: SpoolError.self) { try next.ingested(text: "y", mission) }
  }
}

/// With what opening and reading a file fails; 0 for not at all.
struct Errors: Sendable {
  let open: Int32
  let read: Int32

  init(_ open: Int32, _ read: Int32) {
    self.open = open
    self.read = read
  }
}

/// Calls `body` while the file cannot be opened or read.
@discardableResult
private func faulty<R>(_ path: String, _ errors: Errors, _ body: () throws -> R) rethrows
  -> R
{
  fault_begin(path, errors.open, errors.read)
  defer { fault_end() }
  return try body()
}
