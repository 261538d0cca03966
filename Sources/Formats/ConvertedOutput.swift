/// The converted bytes on their way out: gathered, and given away in pieces.
struct ConvertedOutput: ~Copyable {
  static let pieceSize = 64 << 10

  private let piece = UnsafeMutableRawPointer.allocate(byteCount: pieceSize, alignment: 16)
  private var count = 0
  private let take: (UnsafeRawBufferPointer) -> Bool
  /// Records that were begun.
  private(set) var records = 0

  /// - Parameter take: is given one piece after the other, and must be done with it when it returns; false when it takes
  ///   no more.
  init(take: @escaping (UnsafeRawBufferPointer) -> Bool) { self.take = take }

  deinit { piece.deallocate() }

  /// The bracket before the first record, the comma before each other.
  mutating func beginRecord() throws(ConversionFailure) {
    try append(records == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
    records += 1
  }

  /// The end of the array; everything was given away when it returns.
  mutating func end() throws(ConversionFailure) {
    if records == 0 { try append(UInt8(ascii: "[")) }
    try append(UInt8(ascii: "]"))
    try flush()
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) throws(ConversionFailure) {
    if count == Self.pieceSize { try flush() }
    piece.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeRawPointer, count size: Int) throws(ConversionFailure) {
    guard size > 0 else { return }
    if count &+ size > Self.pieceSize { try flush() }
    guard size <= Self.pieceSize else { return try give(UnsafeRawBufferPointer(start: bytes, count: size)) }
    (piece + count).copyMemory(from: bytes, byteCount: size)
    count &+= size
  }

  mutating func append(_ bytes: [UInt8]) throws(ConversionFailure) {
    try bytes.withUnsafeBufferPointer { bytes throws(ConversionFailure) in
      guard let start = bytes.baseAddress else { return }
      try append(start, count: bytes.count)
    }
  }

  private mutating func flush() throws(ConversionFailure) {
    guard count > 0 else { return }
    defer { count = 0 }
    try give(UnsafeRawBufferPointer(start: piece, count: count))
  }

  private func give(_ bytes: UnsafeRawBufferPointer) throws(ConversionFailure) {
    guard take(bytes) else { throw .notTaken }
  }
}
