import HTTP
import Ports

/// The body that a spooled result is as it was scraped, read while it is sent. The last piece is only given once the
/// bytes are known to be the ones that were written.
package struct ResultBody: Sendable {
  package let body: HTTPBody
  private let noted = SpoolFault()

  /// What was wrong with the spooled bytes while they were sent; nil when nothing was.
  package var spoolFault: SpoolError? { noted.error }

  package init(_ result: SpooledResult) {
    let noted = noted
    body = .stream(length: result.size) {
      Reader(try noted.noting { () throws(SpoolError) in try result.open() }, noted)
    }
  }

  private final class Reader: HTTPBodyReader {
    private let spooled: any SpooledBytes
    private let noted: SpoolFault
    private var read = 0
    private var isConfirmed = false

    init(_ spooled: any SpooledBytes, _ noted: SpoolFault) {
      self.spooled = spooled
      self.noted = noted
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      let count = min(buffer.count, spooled.bytes.count - read)
      guard count > 0 else { return 0 }
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: spooled.bytes[read..<read + count]))
      read += count
      spooled.release(before: read)
      if read == spooled.bytes.count, !isConfirmed {
        try noted.noting { () throws(SpoolError) in try spooled.confirm() }
        isConfirmed = true
      }
      return count
    }
  }
}
