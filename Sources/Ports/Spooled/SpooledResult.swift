import MissionCore

/// A mission's scraped bytes, durable in the spool: exactly the `data` array as the worker sent it, brackets
/// included, `[]` when there was none. They are known to be a valid JSON array.
public struct SpooledResult: Sendable {
  public let mission: MissionID
  /// Bytes.
  public let size: Int64
  /// Of the bytes, lower-case hex.
  public let sha256: String
  /// Elements of the array.
  public let adsCount: Int
  private let storage: Storage

  private enum Storage: Sendable {
    /// A range of the answer as it was received, which spares a copy.
    case memory([UInt8], Range<Int>)
    /// Opened anew by each reader.
    case outside(@Sendable () throws(SpoolError) -> any SpooledBytes)
  }

  /// A result that is kept in memory, so that the later checkpoints do not read the disk again.
  package init(mission: MissionID, sha256: String, adsCount: Int, answer: [UInt8], data: Range<Int>) {
    self.mission = mission
    self.sha256 = sha256
    self.adsCount = adsCount
    size = Int64(data.count)
    storage = .memory(answer, data)
  }

  /// A result whose bytes `open` brings each time that they are read.
  package init(
    mission: MissionID, size: Int64, sha256: String, adsCount: Int,
    open: @escaping @Sendable () throws(SpoolError) -> any SpooledBytes
  ) {
    self.mission = mission
    self.sha256 = sha256
    self.adsCount = adsCount
    self.size = size
    storage = .outside(open)
  }

  /// The same bytes as another mission's.
  package init(_ other: SpooledResult, of mission: MissionID) {
    self.mission = mission
    size = other.size
    sha256 = other.sha256
    adsCount = other.adsCount
    storage = other.storage
  }

  public var isInMemory: Bool {
    if case .memory = storage { return true }
    return false
  }

  /// Gives the bytes to `body`, which must not keep them. `release(offset)` says that bytes before `offset` are
  /// not needed again soon: a mapped file's pages are dropped, so that a result of any size takes little memory.
  ///
  /// Throws what `body` throws, or a `SpoolError` when the file cannot be mapped. Bytes of a file are hashed while they
  /// are read: when they are not the ones that were written, it throws `.lost` whatever `body` said, and what `body` did
  /// must not count.
  public func withBytes<R>(
    _ body: (_ bytes: UnsafeRawBufferPointer, _ release: @escaping (Int) -> Void) throws -> R
  ) throws -> R {
    switch storage {
    case .memory(let answer, let range):
      return try answer.withUnsafeBytes {
        try body(UnsafeRawBufferPointer(rebasing: $0[range]), { _ in })
      }
    case .outside(let open):
      let opened = try open()
      return try withExtendedLifetime(opened) {
        let outcome = Result { try body(opened.bytes, opened.release(before:)) }
        try opened.confirm()
        return try outcome.get()
      }
    }
  }

  /// The bytes for as long as the returned object lives, for a reader that is called back many times. Small
  /// results are copied, large ones mapped; what was made of them counts only after `SpooledBytes.confirm`.
  public func open() throws(SpoolError) -> any SpooledBytes {
    switch storage {
    case .memory(let answer, let range): return CopiedBytes(answer[range])
    case .outside(let open): return try open()
    }
  }
}
