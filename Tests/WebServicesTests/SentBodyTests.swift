import Foundation
import HTTP
import MissionCore
import Ports
import TestSupport
import Testing

@testable import WebServices

@Suite struct SentBodyTests {
  private final class Bytes: SpooledBytes, @unchecked Sendable {
    // @unchecked: the bytes are never written.
    let bytes: UnsafeRawBufferPointer
    let isRight: Bool

    init(_ text: String, isRight: Bool) {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
      copy.copyBytes(from: text.utf8)
      bytes = UnsafeRawBufferPointer(copy)
      self.isRight = isRight
    }

    deinit { bytes.deallocate() }
    func release(before offset: Int) {}
    func confirm() throws(SpoolError) { if !isRight { throw .lost(path: "/spool/x") } }
  }

  private func result(_ text: String, isRight: Bool = true) -> SpooledResult {
    SpooledResult(
      mission: MissionID(high: 1, low: 2), size: Int64(text.utf8.count), sha256: "", adsCount: 1
    ) { () throws(SpoolError) in Bytes(text, isRight: isRight) }
  }

  private func sent(_ body: HTTPBody, pieces: Int) throws -> [UInt8] {
    guard case .stream(let length, let open) = body else { return [] }
    let reader = try open()
    var out: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieces, alignment: 1)
    defer { piece.deallocate() }
    while Int64(out.count) < length {
      let count = try reader.fill(piece)
      if count == 0 { break }
      out += piece[..<count]
    }
    return out
  }

  @Test(
    "a result is sent as it was scraped, in pieces of any size, as often as asked", arguments: [1, 3, 64])
  func bytes(_ pieces: Int) throws {
    let body = ResultBody(result("[ {\"id\": 1.0} ]"))
    for _ in 0..<2 { #expect(try sent(body.body, pieces: pieces) == Array("[ {\"id\": 1.0} ]".utf8)) }
    #expect(body.spoolFault == nil)
  }

  @Test("the last piece of bytes that have changed is never given", arguments: [1, 4, 64])
  func changed(_ pieces: Int) throws {
    let body = ResultBody(result("[12345]", isRight: false))
    #expect(throws: SpoolError.self) { try sent(body.body, pieces: pieces) }
    #expect(body.spoolFault == .lost(path: "/spool/x"))
  }
}
