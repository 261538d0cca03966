/// A place in a JSON document (RFC 6901).
package struct JSONPointer: Hashable, Sendable {
  /// As it was written.
  package let text: String
  /// Keys and places, without their escapes; none for the whole document.
  package let tokens: [String]

  /// The whole document.
  package static let whole = JSONPointer("")!

  /// Nil for what is none: it is empty or begins with `/`, and `~` stands only before `0` and `1`.
  package init?(_ text: String) {
    self.text = text
    guard !text.isEmpty else {
      tokens = []
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [String] = []
    for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let token = Self.token(part) else { return nil }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  private static func token(_ part: Substring.UTF8View) -> String? {
    var token: [UInt8] = []
    var isEscaped = false
    for byte in part {
      switch (isEscaped, byte) {
      case (true, UInt8(ascii: "0")): token.append(UInt8(ascii: "~"))
      case (true, UInt8(ascii: "1")): token.append(UInt8(ascii: "/"))
      case (true, _): return nil
      case (false, UInt8(ascii: "~")): break
      default: token.append(byte)
      }
      isEscaped = !isEscaped && byte == UInt8(ascii: "~")
    }
    return isEscaped ? nil : String(decoding: token, as: UTF8.self)
  }

  /// The index that a token is for an array: digits without a leading zero.
  package static func index(_ token: String) -> Int? {
    guard token.utf8.allSatisfy({ (48...57).contains($0) }), token == "0" || token.utf8.first != 48 else {
      return nil
    }
    return Int(token)
  }
}
