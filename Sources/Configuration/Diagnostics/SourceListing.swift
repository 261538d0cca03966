import YAML

/// Shows lines of a configuration file with what may be secret replaced by `***`.
///
/// It works on the text, not on the tree, because the lines of a file that cannot be parsed are shown too. So
/// it masks too much rather than too little: values of secret keys, of keys it does not know and of lines
/// that go on from them, users in URLs, queries and comments.
struct SourceListing {
  private let lines: [[UInt8].SubSequence]
  /// Characters shown of a long line.
  private static let widest = 120

  init(bytes: [UInt8]) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  /// The line and a caret below the column.
  func excerpt(at mark: YAMLMark) -> [String] {
    guard mark.line <= lines.count else { return [] }
    var line = MaskedLine(scalars(mark.line - 1))
    mask(&line, number: mark.line - 1)
    let (shown, column) = line.shown(around: mark.column - 1, width: Self.widest)
    let number = String(mark.line)
    let margin = String(repeating: " ", count: max(0, 5 - number.count))
    let gutter = String(repeating: " ", count: margin.count + number.count)
    return [
      "\(margin)\(number) | \(shown)", "\(gutter) | \(String(repeating: " ", count: column))^",
    ]
  }

  private func scalars(_ index: Int) -> [Unicode.Scalar] {
    var bytes = lines[index]
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }

  private func mask(_ line: inout MaskedLine, number: Int) {
    line.maskComment()
    if let value = LineKeys.secretValue(in: line.scalars) {
      line.mask(value)
    } else if LineKeys.first(in: line.scalars) == nil, let start = line.contentStart, continuesSecret(number)
    {
      line.mask(start..<line.scalars.count)
    }
    line.maskUsersAndQueries()
  }

  /// Whether a line without a key belongs to a value that must not be shown: the nearest line above with a
  /// key and less indentation tells.
  private func continuesSecret(_ number: Int) -> Bool {
    let indentation = scalars(number).prefix { $0 == " " }.count
    // Values go on over few lines; a limit keeps a file of one endless list cheap.
    for index in stride(from: number - 1, through: max(0, number - 1000), by: -1) {
      let above = scalars(index)
      guard let key = LineKeys.first(in: above) else { continue }
      guard above.prefix(while: { $0 == " " }).count <= indentation else { continue }
      return !LineKeys.isHarmless(key.name)
    }
    return true
  }
}
