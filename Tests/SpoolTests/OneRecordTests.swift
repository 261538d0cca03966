import Crypto
import Formats
import JSONStream
import MissionCore
import Ports
import Spool
import Testing

@Suite("A result that is one object", .timeLimit(.minutes(5)))
struct OneRecordTests {
  private let mission = SpoolFixture.mission(1)

  /// Sizes around those at which the spool changes its way: small, too large for a segment, more than one piece.
  @Test(
    "is spooled in brackets, from memory and from a file, with and without something before it",
    arguments: [0, 1000, 300_000, (1 << 20) - 11, 1 << 20, (1 << 20) + 1, 3_000_000], [false, true])
  func brackets(size: Int, isFile: Bool) throws {
    for (before, after, reader) in [
      ("", "", DocumentReader()), ("  ", " \n", DocumentReader()),
      (#"{"a":"#, "}", DocumentReader(at: JSONPointer("/a")!)),
    ] {
      let spool = try SpoolFixture()
      let object =
        #"{"id":""# + String((0..<size).map { Character(Unicode.Scalar(97 + UInt8($0 % 26))) }) + #""}"#
      let answer = before + object + after
      let received: ReceivedAnswer
      if isFile {
        let path = spool.store.partPath(for: mission)
        File.write(Array(answer.utf8), to: path)
        received = .file(path: path, size: Int64(answer.utf8.count))
      } else {
        received = .memory(Array(answer.utf8))
      }
      let result = try spool.completed(spool.store.ingested(received, mission, as: reader))
      let wanted = Array("[\(object)]".utf8)
      #expect(result.size == Int64(wanted.count) && result.adsCount == 1)
      #expect(result.sha256 == SHA256.hexDigest(of: wanted))
      #expect(try spool.found(result) == wanted)
      #expect(try result.withBytes { bytes, _ in Array(bytes) } == wanted)
      #expect(spool.kept() == wanted)
    }
  }
}
