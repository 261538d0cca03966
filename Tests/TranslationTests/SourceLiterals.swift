import Foundation

/// A string literal of the sources, with `{}` where something is interpolated.
struct SourceLiteral: Hashable {
  let text: String
  /// Below `Sources`.
  let file: String
  let line: Int
  /// The function whose first argument it is.
  var call = ""
}

/// Finds the string literals of Swift sources, those that `+` joins as one; comments are passed over.
struct SourceLiterals {
  private enum Token {
    case literal(String, line: Int)
    /// One that stands inside an interpolation.
    case inner(String, line: Int)
    case other(UInt8)
  }

  private let file: String
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1

  /// All literals of the Swift files in a folder.
  static func all(in folder: URL) throws -> [SourceLiteral] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var found: [SourceLiteral] = []
    while let url = files?.nextObject() as? URL {
      guard url.pathExtension == "swift" else { continue }
      let name = String(url.standardizedFileURL.path.dropFirst(folder.standardizedFileURL.path.count + 1))
      var scanner = SourceLiterals(file: name, bytes: Array(try Data(contentsOf: url)) + [0])
      found += scanner.joined()
    }
    return found
  }

  private init(file: String, bytes: [UInt8]) {
    self.file = file
    self.bytes = bytes
  }

  static func literals(of source: String) -> [String] {
    var scanner = SourceLiterals(file: "", bytes: Array(source.utf8) + [0])
    return scanner.joined().map(\.text)
  }

  private mutating func joined() -> [SourceLiteral] {
    var found: [SourceLiteral] = []
    var open: SourceLiteral?
    var sawPlus = false
    var before: [UInt8] = []
    for token in tokens() {
      switch token {
      case .inner(let text, let line): found.append(SourceLiteral(text: text, file: file, line: line))
      case .other(let byte):
        before.append(byte)
        if byte == UInt8(ascii: "+"), open != nil, !sawPlus {
          sawPlus = true
        } else {
          if let literal = open { found.append(literal) }
          open = nil
          sawPlus = false
        }
      case .literal(let text, let line):
        if sawPlus, let literal = open {
          open = SourceLiteral(text: literal.text + text, file: file, line: literal.line)
        } else {
          if let literal = open { found.append(literal) }
          open = SourceLiteral(text: text, file: file, line: line, call: Self.call(before))
        }
        sawPlus = false
        before = []
      }
    }
    if let literal = open { found.append(literal) }
    return found
  }

  /// `passed` of `reply(.passed(`.
  private static func call(_ bytes: [UInt8]) -> String {
    guard bytes.last == UInt8(ascii: "(") else { return "" }
    let name = bytes.dropLast().reversed().prefix { Character(Unicode.Scalar($0)).isLetter }
    return String(decoding: name.reversed(), as: UTF8.self)
  }

  // MARK: Tokens

  private mutating func tokens() -> [Token] {
    var tokens: [Token] = []
    while bytes[at] != 0 {
      let byte = bytes[at]
      if starts("//") {
        while bytes[at] != 0, bytes[at] != UInt8(ascii: "\n") { at += 1 }
      } else if starts("/*") {
        while bytes[at] != 0, !starts("*/") { advance() }
      } else if starts("#\"") {
        at += 2
        let start = at
        while bytes[at] != 0, !starts("\"#") { advance() }
        tokens.append(.literal(String(decoding: bytes[start..<at], as: UTF8.self), line: line))
        at += 2
      } else if byte == UInt8(ascii: "\"") {
        let begun = line
        var inner: [Token] = []
        let text = literal(&inner)
        tokens += inner + [.literal(text, line: begun)]
      } else {
        if !" \n\t".utf8.contains(byte) { tokens.append(.other(byte)) }
        advance()
      }
    }
    return tokens
  }

  private mutating func literal(_ inner: inout [Token]) -> String {
    let mark = starts("\"\"\"") ? "\"\"\"" : "\""
    at += mark.utf8.count
    var text: [UInt8] = []
    let indentation = mark.count > 1 ? indentation(of: mark) : 0
    if mark.count > 1 { endLine(indentation) }
    while bytes[at] != 0, !starts(mark) {
      if bytes[at] == UInt8(ascii: "\n") {
        endLine(indentation)
        text.append(10)
      } else if bytes[at] != UInt8(ascii: "\\") {
        text.append(bytes[at])
        advance()
      } else if bytes[at + 1] == UInt8(ascii: "(") {
        at += 2
        interpolation(&inner)
        text += Array("{}".utf8)
      } else {
        let isContinued = bytes[at + 1] == UInt8(ascii: "\n")
        text += escape()
        if isContinued { skip(indentation) }
      }
    }
    if mark.count > 1, text.last == 10 { text.removeLast() }
    at += mark.utf8.count
    return String(decoding: text, as: UTF8.self)
  }

  /// Spaces before the closing mark, which each line of the literal has before its own text.
  private func indentation(of mark: String) -> Int {
    let end = bytes.indices[at...].first { bytes[$0...].starts(with: mark.utf8) } ?? at
    return bytes[..<end].reversed().prefix { $0 == UInt8(ascii: " ") }.count
  }

  private mutating func endLine(_ indentation: Int) {
    if bytes[at] == UInt8(ascii: "\n") { advance() }
    skip(indentation)
  }

  private mutating func skip(_ indentation: Int) {
    let end = at + indentation
    while at < end, bytes[at] == UInt8(ascii: " ") { at += 1 }
  }

  private mutating func interpolation(_ inner: inout [Token]) {
    var depth = 1
    while bytes[at] != 0 {
      if bytes[at] == UInt8(ascii: "\"") {
        let begun = line
        let text = literal(&inner)
        inner.append(.inner(text, line: begun))
        continue
      }
      if bytes[at] == UInt8(ascii: "(") { depth += 1 }
      if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
      advance()
      if depth == 0 { return }
    }
  }

  private mutating func escape() -> [UInt8] {
    let kind = bytes[at + 1]
    at += 2
    switch kind {
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "0"): return [0]
    case UInt8(ascii: "\n"):
      line += 1
      return []
    case UInt8(ascii: "u"):
      let end = bytes[at...].firstIndex(of: UInt8(ascii: "}"))!
      let digits = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
      at = end + 1
      return Array(String(Unicode.Scalar(UInt32(digits, radix: 16)!)!).utf8)
    default: return [kind]
    }
  }

  private mutating func advance() {
    if bytes[at] == UInt8(ascii: "\n") { line += 1 }
    at += 1
  }

  private func starts(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }
}
