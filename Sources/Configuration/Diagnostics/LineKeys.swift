import KeyTable

/// Finds `key:` in a line without parsing YAML.
enum LineKeys {
  struct Found {
    let name: String
    /// Where the value begins.
    let valueStart: Int
  }

  /// Names of the table that never hold a secret.
  private static let harmless: Set<String> = {
    var names: Set<String> = ["file"]
    func collect(_ keys: [ConfigurationKey]) {
      for key in keys {
        if !key.kind.isSecret { names.insert(key.name) }
        collect(key.kind.keys ?? [])
      }
    }
    collect(Configuration.described)
    return names
  }()

  static func isHarmless(_ name: String) -> Bool { harmless.contains(name) }

  static func first(in line: [Unicode.Scalar]) -> Found? { next(in: line, from: 0) }

  /// The part of the line from the first value that may be secret to the end.
  static func secretValue(in line: [Unicode.Scalar]) -> Range<Int>? {
    var position = 0
    while let key = next(in: line, from: position) {
      if !isHarmless(key.name), key.valueStart < line.count, !isReference(line[key.valueStart...]) {
        return key.valueStart..<line.count
      }
      position = key.valueStart
    }
    return nil
  }

  /// `${NAME}` alone and `{file: PATH}` tell where a secret is, not what it is.
  private static func isReference(_ value: ArraySlice<Unicode.Scalar>) -> Bool {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: value)
    var text = Substring(String(view))
    while text.last?.isWhitespace == true { text = text.dropLast() }
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      text = text.dropFirst().dropLast()
    }
    guard text.hasSuffix("}") else { return false }
    if text.hasPrefix("{file:") { return true }
    let name = text.dropFirst(2).dropLast()
    return text.hasPrefix("${") && !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  /// The next word that ends in a colon and stands where a key can.
  private static func next(in line: [Unicode.Scalar], from start: Int) -> Found? {
    var index = start
    while index < line.count {
      guard line[index] == ":", index + 1 == line.count || " \t".unicodeScalars.contains(line[index + 1])
      else {
        index += 1
        continue
      }
      var nameStart = index
      while nameStart > start, !" \t{,[".unicodeScalars.contains(line[nameStart - 1]) { nameStart -= 1 }
      var valueStart = index + 1
      while valueStart < line.count, " \t".unicodeScalars.contains(line[valueStart]) { valueStart += 1 }
      let word = line[nameStart..<index].filter { $0 != "\"" && $0 != "'" }
      var name = String.UnicodeScalarView()
      name.append(contentsOf: word)
      return Found(name: String(name), valueStart: valueStart)
    }
    return nil
  }
}
