/// Text on its way to an output that perhaps nobody reads: bounded, in order; what does not fit is dropped and counted.
///
/// After the first line that was dropped all others are, until everything before them is written: so the remark about
/// them stands where they are missing.
struct LineQueue {
  /// Bytes that wait, about; a single larger text is taken when nothing else waits.
  static let limit = 256 << 10
  /// Bytes written at once: few, so that a slow reader can be told from none.
  static let chunk = 4096

  private var waiting: ArraySlice<UInt8> = []
  private var isWriting = false
  private var isDropping = false
  /// Lines since the last remark.
  private var dropped = 0
  /// Counts what was written, to see whether anything moves.
  private(set) var written = 0

  var isIdle: Bool { waiting.isEmpty && !isWriting }

  /// Whether `text` was taken, which holds so many lines.
  mutating func put(_ text: [UInt8], lines: Int) -> Bool {
    guard !isDropping, waiting.isEmpty || waiting.count + text.count <= Self.limit else {
      isDropping = true
      dropped += lines
      return false
    }
    waiting += text
    return true
  }

  /// As `put`, for what means nothing a moment later: only when nothing else waits, and not counted.
  mutating func offer(_ text: [UInt8]) -> Bool {
    guard isIdle, !isDropping else { return false }
    waiting += text
    return true
  }

  /// What is to be written next; nil when nothing waits.
  mutating func take() -> [UInt8]? {
    guard !waiting.isEmpty else { return nil }
    isWriting = true
    defer { waiting = waiting.count > Self.chunk ? waiting.dropFirst(Self.chunk) : [] }
    return Array(waiting.prefix(Self.chunk))
  }

  /// What was taken is written. Answers how many lines are to be told as dropped, now that there is room.
  mutating func wasWritten() -> Int? {
    isWriting = false
    written += 1
    guard waiting.isEmpty else { return nil }
    isDropping = false
    defer { dropped = 0 }
    return dropped > 0 ? dropped : nil
  }

  /// Nothing can ever be written again.
  mutating func giveUp() {
    isWriting = false
    waiting = []
    isDropping = false
    dropped = 0
  }
}
