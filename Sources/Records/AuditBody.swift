import JSONStream
import Ports

/// The body of an audit object: a spooled result laid out for people, every token unchanged, piece by piece in bounded
/// memory. The last piece is only given once the bytes are known to be the ones that were written: no store ever gets
/// the whole of others.
package final class AuditBody {
  /// Keeps the bytes in place that `layout` points into.
  private let spooled: any SpooledBytes
  private var layout: JSONLayout
  private var read = 0
  private var isConfirmed = false
  /// Bytes that are still wanted.
  private var left: Int64

  /// - Parameter length: of the layout, when it is known.
  package init(_ spooled: any SpooledBytes, length: Int64 = .max) {
    self.spooled = spooled
    left = length
    layout = JSONLayout(spooled.bytes)
  }

  /// Fills as much as `buffer` takes; fewer only at the end, 0 after it. Throws `.lost` for bytes that have changed.
  package func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(SpoolError) -> Int {
    let count = layout.fill(buffer)
    if layout.consumed > read {
      read = layout.consumed
      spooled.release(before: read)
    }
    left -= Int64(count)
    if read == spooled.bytes.count || left <= 0, !isConfirmed {
      try spooled.confirm()
      isConfirmed = true
    }
    return count
  }
}
