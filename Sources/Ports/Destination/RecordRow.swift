/// A row of a table of records, still as places in the result's bytes.
package struct RecordRow: Hashable, Sendable {
  /// 0-based place in the result.
  package let position: Int
  package let id: RecordID
  /// The record's JSON, exactly as it was scraped.
  package let data: Range<Int>

  package init(position: Int, id: RecordID, data: Range<Int>) {
    self.position = position
    self.id = id
    self.data = data
  }
}

/// A record's id: where it lies in the result's bytes, or its text when it does not lie there as such.
package enum RecordID: Hashable, Sendable {
  case place(Range<Int>)
  case text(String)

  /// The id as text.
  package func text(in bytes: UnsafeRawBufferPointer) -> String {
    switch self {
    case .place(let range): return String(decoding: bytes[range], as: UTF8.self)
    case .text(let text): return text
    }
  }
}
