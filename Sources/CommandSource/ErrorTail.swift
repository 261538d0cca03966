import Kind

/// The end of what a program wrote to its standard error, as bytes: masked before anything of it is shown or written.
struct ErrorTail {
  static let kept = WorkFolder.keptError

  private var bytes: [UInt8] = []
  private var isCut = false

  mutating func take(_ more: UnsafeRawBufferPointer) {
    bytes += more.suffix(Self.kept)
    isCut = isCut || more.count > Self.kept
    if bytes.count > 2 * Self.kept { trim() }
  }

  private mutating func trim() {
    guard bytes.count > Self.kept else { return }
    bytes.removeFirst(bytes.count - Self.kept)
    isCut = true
  }

  /// The last bytes. They begin with a whole line: half of one may begin in the middle of a secret, which could not be
  /// known for one any more.
  mutating func end() -> ArraySlice<UInt8> {
    trim()
    guard isCut else { return bytes[...] }
    guard let feed = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
    return bytes[(feed + 1)...]
  }

  /// The last line that is not empty; nil without one.
  mutating func lastLine() -> ArraySlice<UInt8>? {
    end().split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
      .last { line in line.contains { $0 > 0x20 } }
  }
}
