/// A place in the text: both numbers count from 1, columns in Unicode scalars as libyaml counts them.
public struct YAMLMark: Hashable, Comparable, Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static let start = YAMLMark(line: 1, column: 1)

  public static func < (left: YAMLMark, right: YAMLMark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  /// The place of the byte at `offset`; what stands before it must be UTF-8.
  static func locate(offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> YAMLMark {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return YAMLMark(line: line, column: column)
  }
}
