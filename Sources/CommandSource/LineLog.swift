import MissionCore
import Threads

/// Tells a program's lines to the log, cleaned and masked, and not more of them than a log can take.
struct LineLog {
  /// Lines of one program in a second; the others are counted.
  private static let mostInSecond = 100
  /// Bytes of a line that are looked at.
  private static let longest = 8 << 10

  private let name: String
  private let redactor: Redactor
  private let write: @Sendable (Message) -> Void
  private var line: [UInt8] = []
  private var isLong = false
  private var second = Int64(0)
  private var count = 0
  private var left = 0

  /// - Parameter name: stands before each line.
  init(name: String, redactor: Redactor, write: @escaping @Sendable (Message) -> Void) {
    self.name = name
    self.redactor = redactor
    self.write = write
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while let feed = rest.firstIndex(of: UInt8(ascii: "\n")) {
      add(rest[..<feed])
      end()
      rest = rest[(feed + 1)...]
    }
    add(rest)
  }

  /// Nothing comes any more.
  mutating func finish() {
    if !line.isEmpty { end() }
    tellLeft()
  }

  private mutating func add(_ part: Slice<UnsafeRawBufferPointer>) {
    // One that is over the second's measure need not be kept.
    let room = Self.longest - line.count
    line += part.prefix(room)
    isLong = isLong || part.count > room
  }

  private mutating func end() {
    defer {
      line.removeAll(keepingCapacity: true)
      isLong = false
    }
    let now = Moment.now.nanoseconds / 1_000_000_000
    if now != second {
      tellLeft()
      (second, count) = (now, 0)
    }
    guard count < Self.mostInSecond else {
      left += 1
      return
    }
    // A line that was cut may end in the middle of a secret.
    if isLong { line.removeLast(min(line.count, line.count - (line.lastIndex(of: 0x20) ?? 0))) }
    let text = UntrustedText.foreign(bytes: line, limit: 1000, masking: redactor)
    guard !text.isEmpty else { return }
    count += 1
    write("\(name): \(text)")
  }

  private mutating func tellLeft() {
    guard left > 0 else { return }
    write("\(name): \(left) more lines")
    left = 0
  }
}
