import Glibc

/// Lays JSON out as `JSON.stringify(data, null, 2)` does, every token unchanged, with a final newline:
/// two spaces a level, `": "` after a key, empty containers as `[]` and `{}`.
///
/// The bytes must be valid JSON (`JSONScanner` has accepted them) and stay valid while the layout is used. Of a file that
/// somebody changes meanwhile nonsense comes out, within bounds.
/// Output is pulled piece by piece into buffers of any size; what comes out does not depend on their sizes.
/// A layout from the start again is a new `JSONLayout` of the same bytes.
public struct JSONLayout {
  private let base: UnsafePointer<UInt8>
  private let end: Int
  private var depth = 0
  /// Whether a newline stands at the end.
  private let isDocument: Bool
  private var isFinished = false
  /// The part of a string, number or word that is still to be copied from the input.
  private var run: Range<Int> = 0..<0
  /// Punctuation that did not fit into the last buffer, and what of it was passed on.
  private var staged: [UInt8] = []
  private var stagedTaken = 0

  /// How far the input was consumed: bytes before this are not looked at again.
  public private(set) var consumed = 0

  /// Punctuation of one token at the most: a bracket, a newline, the deepest indentation, a bracket.
  private static let largestPiece = 2 * JSONScanner.maximumDepth + 8

  public init(_ bytes: UnsafeRawBufferPointer) { self.init(bytes, depth: 0, isDocument: true) }

  /// - Parameter depth: levels around the value.
  init(_ bytes: UnsafeRawBufferPointer, depth: Int, isDocument: Bool) {
    self.depth = depth
    self.isDocument = isDocument
    // Empty buffers may have no address; `end` is 0 then and nothing is ever read.
    base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(bitPattern: 1)!
    end = bytes.count
  }

  /// The whole layout at once, for small inputs.
  public static func bytes(of json: UnsafeRawBufferPointer) -> [UInt8] {
    var layout = JSONLayout(json)
    var out: [UInt8] = []
    var capacity = json.count + json.count / 2 + largestPiece + 64
    while true {
      let piece = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        count = layout.fill(UnsafeMutableRawBufferPointer(buffer))
      }
      if out.isEmpty { out = piece } else { out.append(contentsOf: piece) }
      if piece.count < capacity { return out }
      capacity = max(json.count, 4096)
    }
  }

  /// Writes as much as `out` takes; fewer bytes than that only at the end, 0 after it.
  public mutating func fill(_ out: UnsafeMutableRawBufferPointer) -> Int {
    guard let target = out.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    var filled = 0
    while filled < out.count {
      if stagedTaken < staged.count {
        takeStaged(target, &filled, out.count)
      } else if !run.isEmpty {
        copyRun(target, &filled, out.count)
      } else if isFinished {
        break
      } else if out.count - filled >= Self.largestPiece {
        write(to: target, &filled, limit: out.count)
      } else {
        stage()
      }
    }
    return filled
  }

  private mutating func takeStaged(_ target: UnsafeMutablePointer<UInt8>, _ filled: inout Int, _ room: Int) {
    let count = min(room - filled, staged.count - stagedTaken)
    staged.withUnsafeBufferPointer {
      (target + filled).update(from: $0.baseAddress! + stagedTaken, count: count)
    }
    filled += count
    stagedTaken += count
  }

  private mutating func copyRun(_ target: UnsafeMutablePointer<UInt8>, _ filled: inout Int, _ room: Int) {
    let count = min(room - filled, run.count)
    memcpy(target + filled, base + run.lowerBound, count)
    filled += count
    run = run.lowerBound + count..<run.upperBound
    consumed = run.lowerBound
  }

  /// One token's punctuation by way of `staged`, for the last bytes of a buffer.
  private mutating func stage() {
    let piece = [UInt8](unsafeUninitializedCapacity: Self.largestPiece) { buffer, count in
      count = 0
      token(buffer.baseAddress!, &count)
    }
    staged = piece
    stagedTaken = 0
  }

  /// Tokens straight into the buffer while any token's punctuation surely fits.
  private mutating func write(to target: UnsafeMutablePointer<UInt8>, _ filled: inout Int, limit: Int) {
    while limit - filled >= Self.largestPiece, !isFinished {
      token(target, &filled)
      guard !run.isEmpty else { continue }
      guard run.count <= limit - filled else { return }
      memcpy(target + filled, base + run.lowerBound, run.count)
      filled &+= run.count
      run = run.upperBound..<run.upperBound
    }
  }

  /// Takes the next token: writes its punctuation (at most `largestPiece` bytes) or sets `run`.
  @inline(__always)
  private mutating func token(_ target: UnsafeMutablePointer<UInt8>, _ filled: inout Int) {
    skipWhiteSpace()
    guard consumed < end else {
      if isDocument {
        target[filled] = UInt8(ascii: "\n")
        filled &+= 1
      }
      isFinished = true
      return
    }
    let byte = base[consumed]
    switch byte {
    case UInt8(ascii: "\""):
      takeRun(until: stringEnd())
    case UInt8(ascii: ":"):
      target[filled] = byte
      target[filled &+ 1] = 0x20
      filled &+= 2
      consumed &+= 1
    case UInt8(ascii: ","):
      target[filled] = byte
      filled &+= 1
      consumed &+= 1
      newLine(target, &filled)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      open(byte, target, &filled)
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth = max(0, depth &- 1)
      newLine(target, &filled)
      target[filled] = byte
      filled &+= 1
      consumed &+= 1
    default:
      takeRun(until: scalarEnd())
    }
  }

  private mutating func open(_ bracket: UInt8, _ target: UnsafeMutablePointer<UInt8>, _ filled: inout Int) {
    target[filled] = bracket
    filled &+= 1
    consumed &+= 1
    skipWhiteSpace()
    // `[` and `{` are two below their closing brackets in ASCII.
    if consumed < end, base[consumed] == bracket &+ 2 {
      target[filled] = bracket &+ 2
      filled &+= 1
      consumed &+= 1
    } else {
      depth = min(depth &+ 1, JSONScanner.maximumDepth)
      newLine(target, &filled)
    }
  }

  @inline(__always)
  private func newLine(_ target: UnsafeMutablePointer<UInt8>, _ filled: inout Int) {
    target[filled] = UInt8(ascii: "\n")
    let spaces = 2 &* depth
    (target + filled + 1).update(repeating: 0x20, count: spaces)
    filled &+= 1 &+ spaces
  }

  @inline(__always)
  private mutating func takeRun(until place: Int) {
    run = Range(uncheckedBounds: (consumed, place))
    consumed = place
  }

  @inline(__always)
  private mutating func skipWhiteSpace() {
    while consumed < end, base[consumed] <= 0x20 { consumed &+= 1 }
  }

  /// The place after the string that begins at `consumed`.
  @inline(__always)
  private func stringEnd() -> Int {
    let raw = UnsafeRawPointer(base)
    var place = consumed &+ 1
    while true {
      while place &+ 8 <= end {
        let marks = ByteScan.quotesAndBackslashes(ByteScan.word(raw, place))
        if marks != 0 {
          place &+= marks.trailingZeroBitCount &>> 3
          break
        }
        place &+= 8
      }
      guard place < end else { return end }
      if base[place] == UInt8(ascii: "\"") { return place &+ 1 }
      place &+= base[place] == UInt8(ascii: "\\") ? 2 : 1
    }
  }

  /// The place after the number or word that begins at `consumed`.
  @inline(__always)
  private func scalarEnd() -> Int {
    var place = consumed
    while place < end {
      switch base[place] {
      case 0...0x20, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return place
      default: place &+= 1
      }
    }
    return place
  }
}
