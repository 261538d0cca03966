import Crypto
import HTTP
import JSONStream
import S3
import Spool

/// The body of an audit object: the spooled array laid out for people, every token unchanged.
struct AuditDocument {
  let payload: S3Payload
  /// Bytes.
  var size: Int64 { payload.body.length }
  var sha256: String { payload.sha256 }

  /// Results up to this size are laid out once and kept in memory while they are sent; of larger ones only
  /// the digest and the length are kept, and the layout is made again while it is sent.
  static let largestInMemory: Int64 = 1 << 20

  /// Bytes laid out at a time in the pass that only hashes.
  private static let pieceSize = 256 << 10

  init(_ result: SpooledResult, largestInMemory: Int64 = Self.largestInMemory) throws {
    if result.size <= largestInMemory {
      payload = S3Payload(bytes: try result.withBytes { bytes, _ in JSONLayout.bytes(of: bytes) })
    } else {
      payload = try Self.streamed(result)
    }
  }

  private static func streamed(_ result: SpooledResult) throws -> S3Payload {
    let reader = LayoutReader(try result.open())
    var hash = SHA256()
    var length: Int64 = 0
    try withUnsafeTemporaryAllocation(byteCount: pieceSize, alignment: 16) { piece in
      while true {
        let count = try reader.fill(piece)
        if count == 0 { break }
        hash.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        length += Int64(count)
      }
    }
    let body = HTTPBody.stream(length: length) { LayoutReader(try result.open()) }
    return S3Payload(body: body, sha256: hash.finalizeHex())
  }
}

/// Lays a spooled result out while it is read, in bounded memory.
private final class LayoutReader: HTTPBodyReader {
  /// Keeps the bytes in place that `layout` points into.
  private let spooled: SpooledBytes
  private var layout: JSONLayout

  init(_ spooled: SpooledBytes) {
    self.spooled = spooled
    layout = JSONLayout(spooled.bytes)
  }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = layout.fill(buffer)
    spooled.release(before: layout.consumed)
    return count
  }
}
