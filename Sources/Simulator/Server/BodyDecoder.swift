/// Finds the body's bytes in what a connection receives, piece by piece.
struct BodyDecoder {
  enum Problem: Error { case malformed }

  private enum State {
    /// This many bytes of the body follow.
    case content(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailer
    case finished
  }

  /// Bytes of a chunk-size line or of one trailer line that are accepted.
  private static let longestLine = 4096

  private var state: State

  init(_ framing: RequestHead.Framing) {
    switch framing {
    case .none: state = .finished
    case .length(let length): state = .content(length)
    case .chunked: state = .chunkSize
    }
  }

  var isFinished: Bool {
    if case .finished = state { return true }
    return false
  }

  /// Hands each piece of body in `input` to `body`; says how many bytes of `input` are used up.
  mutating func decode(
    _ input: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(Problem) -> Int {
    var at = 0
    while true {
      switch state {
      case .finished: return at
      case .content(let left), .chunk(let left):
        let count = min(left, input.count - at)
        if count > 0 { body(UnsafeRawBufferPointer(rebasing: input[at..<at + count])) }
        at += count
        if left > count {
          if case .chunk = state { state = .chunk(left - count) } else { state = .content(left - count) }
          return at
        }
        if case .chunk = state { state = .chunkEnd } else { state = .finished }
      case .chunkSize, .chunkEnd, .trailer:
        guard let end = try lineEnd(in: input, from: at) else { return at }
        try take(line: input[at..<end])
        at = end + 2
      }
    }
  }

  private mutating func take(line: Slice<UnsafeRawBufferPointer>) throws(Problem) {
    switch state {
    case .chunkSize:
      let digits = line.prefix { $0 != UInt8(ascii: ";") }
      guard !digits.isEmpty, digits.count <= 15,
        digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
        let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw .malformed }
      state = size == 0 ? .trailer : .chunk(size)
    case .chunkEnd:
      guard line.isEmpty else { throw .malformed }
      state = .chunkSize
    default: if line.isEmpty { state = .finished }
    }
  }

  private func lineEnd(in input: UnsafeRawBufferPointer, from start: Int) throws(Problem) -> Int? {
    var index = start
    while index < input.count {
      if input[index] == 10 {
        guard index > start, input[index - 1] == 13 else { throw .malformed }
        return index - 1
      }
      index += 1
    }
    guard input.count - start <= Self.longestLine else { throw .malformed }
    return nil
  }
}
