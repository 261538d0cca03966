import Crypto
import HTTP
import JSONStream
import Ports
import Records

/// The body of an audit object: the spooled array laid out for people, every token unchanged.
package struct AuditDocument: Sendable {
  package let body: HTTPBody
  /// Of the body, lower-case hex.
  package let sha256: String
  /// Bytes.
  package var size: Int64 { body.length }
  private let fault: SpoolFault?

  /// What was wrong with the spooled bytes while they were sent; nil when nothing was.
  package var spoolFault: SpoolError? { fault?.error }

  /// Results up to this size are laid out once and kept in memory while they are sent; of larger ones only
  /// the digest and the length are kept, and the layout is made again while it is sent.
  package static let largestInMemory: Int64 = 1 << 20

  /// Bytes laid out at a time in the pass that only hashes.
  private static let pieceSize = 256 << 10

  package init(_ result: SpooledResult, largestInMemory: Int64 = Self.largestInMemory) throws {
    if result.size <= largestInMemory {
      let bytes = try result.withBytes { bytes, _ in JSONLayout.bytes(of: bytes) }
      body = .bytes(bytes)
      sha256 = SHA256.hexDigest(of: bytes)
      fault = nil
    } else {
      let fault = SpoolFault()
      (body, sha256) = try Self.streamed(result, fault)
      self.fault = fault
    }
  }

  /// Throws the spool's error when the bytes are not the ones that were written.
  private static func streamed(
    _ result: SpooledResult, _ fault: SpoolFault
  ) throws -> (body: HTTPBody, sha256: String) {
    let reader = LayoutReader(try result.open(), fault)
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
    let body = HTTPBody.stream(length: length) { [length] in
      LayoutReader(try fault.noting { () throws(SpoolError) in try result.open() }, fault, length: length)
    }
    return (body, hash.finalizeHex())
  }
}

/// The body as libcurl reads it.
private final class LayoutReader: HTTPBodyReader {
  private let body: AuditBody
  private let fault: SpoolFault

  /// - Parameter length: of the layout, when it is known.
  init(_ spooled: any SpooledBytes, _ fault: SpoolFault, length: Int64 = .max) {
    body = AuditBody(spooled, length: length)
    self.fault = fault
  }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try fault.noting { () throws(SpoolError) in try body.fill(buffer) }
  }
}
