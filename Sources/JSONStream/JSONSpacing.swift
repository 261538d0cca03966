/// Writes JSON on one line as libraries do, every token unchanged: what stands between the tokens is all that changes.
///
/// An audit object is a result laid out for people. Where the worker's library wrote in one of these two ways, this
/// gives the result's bytes back.
public enum JSONSpacing: CaseIterable, Sendable {
  /// `{"a":[1,2]}`
  case compact
  /// `{"a": [1, 2]}`
  case spaced

  private static let pieceSize = 64 << 10

  /// Gives the bytes to `piece`, in order. `json` must be valid (`JSONScanner` or a digest has proved it);
  /// `release(offset)`: what lies before is not needed any more.
  public func write(
    _ json: UnsafeRawBufferPointer, release: (Int) -> Void = { _ in },
    to piece: (UnsafeRawBufferPointer) -> Void
  ) {
    withUnsafeTemporaryAllocation(byteCount: Self.pieceSize + 2, alignment: 16) { out in
      var filled = 0
      var isInString = false
      var isEscaped = false
      for (offset, byte) in json.enumerated() {
        if filled >= Self.pieceSize {
          piece(UnsafeRawBufferPointer(rebasing: out[..<filled]))
          filled = 0
          release(offset)
        }
        if isInString {
          isInString = isEscaped || byte != UInt8(ascii: "\"")
          isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        } else if byte <= 0x20 {
          continue
        } else {
          isInString = byte == UInt8(ascii: "\"")
          let isSeparator = byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")
          if self == .spaced, isSeparator {
            out[filled] = byte
            out[filled + 1] = 0x20
            filled += 2
            continue
          }
        }
        out[filled] = byte
        filled += 1
      }
      if filled > 0 { piece(UnsafeRawBufferPointer(rebasing: out[..<filled])) }
    }
  }
}
