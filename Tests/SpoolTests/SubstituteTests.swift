import Crypto
import Foundation
import MissionCore
import Ports
import Spool
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct SubstituteTests {
  private let folder = TemporaryFolder()
  private let mission = MissionID(high: 0x8000, low: 1 << 63)

  @Test("a substitute has the bytes it was given and their digest, no other; nothing of it stays")
  func substitute() throws {
    let spool = try SpoolStore(directory: folder.path + "/spool")
    defer { spool.close() }
    let result = try spool.substitute(mission, adsCount: 2) { writer in
      for piece in ["[1,", "2]"] { Array(piece.utf8).withUnsafeBytes(writer.write) }
    }
    #expect(
      result.size == 5 && result.sha256 == SHA256.hexDigest(of: Array("[1,2]".utf8)) && result.adsCount == 2)
    #expect(try result.withBytes { bytes, _ in String(decoding: bytes, as: UTF8.self) } == "[1,2]")
    let path = spool.partPath(for: mission)
    #expect(FileManager.default.createFile(atPath: path, contents: Data("[1,2]".utf8)))
    #expect(try SpooledResult(file: path, mission: mission, adsCount: 2).sha256 == result.sha256)
    spool.removeSubstitute(mission)
    spool.removePart(mission)
    #expect(try spool.sweep { _ in .nothing } == 0)
  }

  @Test("what the source throws leaves nothing behind; a crash leaves what the next run sweeps")
  func failing() throws {
    struct Failure: Error {}
    let spool = try SpoolStore(directory: folder.path + "/spool")
    defer { spool.close() }
    #expect(throws: Failure.self) {
      try spool.substitute(mission, adsCount: 0) { _ in throw Failure() }
    }
    #expect(try spool.sweep { _ in .nothing } == 0)
    _ = try spool.substitute(mission, adsCount: 0) { _ in }
    #expect(try spool.sweep { _ in .result } == 1)
  }
}
