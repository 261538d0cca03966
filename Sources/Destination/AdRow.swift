import JSONStream
import MissionCore

/// A row of `ads`, still as places in the result's bytes.
public struct AdRow: Hashable, Sendable {
  /// 0-based place in the result.
  public let position: Int
  public let id: AdID
  /// The ad's JSON, exactly as the worker sent it.
  public let data: Range<Int>
}

/// An `ad_id`: where it lies in the result's bytes, or its text when it does not lie there as such.
public enum AdID: Hashable, Sendable {
  case place(Range<Int>)
  case text(String)

  /// The id as text.
  public func text(in bytes: UnsafeRawBufferPointer) -> String {
    switch self {
    case .place(let range): return String(decoding: bytes[range], as: UTF8.self)
    case .text(let text): return text
    }
  }
}

/// Takes a result apart into rows, in order, by the rules that all destinations share (SPEC 9).
///
/// Ids may repeat: the rows are given as they come, and of equal ids the last must be kept. Memory does not grow
/// with the result.
public struct AdRowReader {
  private let bytes: UnsafeRawBufferPointer
  private var elements: JSONArrayReader
  /// Rows given so far.
  public private(set) var count = 0

  /// `bytes`: a result's, valid while the reader is used. `release`: as `SpooledResult.withBytes` gives it.
  public init(_ bytes: UnsafeRawBufferPointer, release: ((Int) -> Void)? = nil) {
    self.bytes = bytes
    elements = JSONArrayReader(bytes, progress: release)
  }

  /// The next row; nil at the end.
  public mutating func next() throws(DestinationError) -> AdRow? {
    let element: JSONElement?
    do { element = try elements.next() } catch {
      // The bytes were valid when they were spooled.
      throw DestinationError(
        .destinationDoesNotFit, "ad at position \(count): the spooled result is not JSON: \(error)")
    }
    guard let element else { return nil }
    defer { count += 1 }
    return AdRow(position: count, id: id(element.id), data: element.value.range)
  }

  @inline(__always)
  private func id(_ value: JSONValue?) -> AdID {
    guard let value else { return ownID }
    switch value.kind {
    case .string: return stringID(value.range)
    case .number: return .place(value.range)
    default: return ownID
    }
  }

  /// Of an element without a usable id. No id from a worker can be equal: there a leading `#` is doubled.
  private var ownID: AdID { .text("#\(count)") }

  private func stringID(_ range: Range<Int>) -> AdID {
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
