import JSONStream
import MissionCore
import Ports

/// Takes a result apart into rows, in order, by the rules that all destinations share (SPEC 9).
///
/// Ids may repeat: the rows are given as they come, and of equal ids the last must be kept. Memory does not grow
/// with the result.
package struct RecordRowReader {
  private let bytes: UnsafeRawBufferPointer
  private var elements: JSONArrayReader
  private let table: RecordTable
  /// Rows given so far.
  package private(set) var count = 0

  /// `bytes`: a result's, valid while the reader is used. `table`: where the rows go. `release`: as
  /// `SpooledResult.withBytes` gives it.
  package init(
    _ bytes: UnsafeRawBufferPointer, for table: RecordTable, release: ((Int) -> Void)? = nil
  ) {
    self.bytes = bytes
    self.table = table
    elements = JSONArrayReader(bytes, id: table.id, progress: release)
  }

  /// The next row; nil at the end.
  package mutating func next() throws(DestinationError) -> RecordRow? {
    let element: JSONElement?
    do { element = try elements.next() } catch {
      // The bytes were valid when they were spooled.
      throw DestinationError(
        .destinationDoesNotFit,
        "\(table.name.word) at position \(count): the spooled result is not JSON: \(error)")
    }
    guard let element else { return nil }
    defer { count += 1 }
    return RecordRow(position: count, id: id(element.id), data: element.value.range)
  }

  @inline(__always)
  private func id(_ value: JSONValue?) -> RecordID {
    guard let value else { return ownID }
    switch value.kind {
    case .string: return stringID(value.range)
    case .number: return .place(value.range)
    default: return ownID
    }
  }

  /// Of an element without a usable id. No id that was scraped can be equal: there a leading `#` is doubled.
  private var ownID: RecordID { .text("#\(count)") }

  private func stringID(_ range: Range<Int>) -> RecordID {
    let inside = range.lowerBound + 1..<range.upperBound - 1
    if inside.isEmpty { return ownID }
    let isPlain = bytes[inside.lowerBound] != UInt8(ascii: "#") && !bytes[inside].contains(UInt8(ascii: "\\"))
    if isPlain { return .place(inside) }
    // In a text they would all be the same character. No other id begins with `#` and a backslash.
    if let text = JSONText.stringWithLoneSurrogates(bytes, range) { return .text("#\\" + text) }
    let text = JSONText.string(bytes, range)
    return .text(text.utf8.first == UInt8(ascii: "#") ? "#" + text : text)
  }
}
