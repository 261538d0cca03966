import MissionCore

/// The rules of texts: each gives the rule that is broken, or nil.
package enum TextRule {
  /// What is wrong with a worker's name; nil when nothing is.
  @Sendable package static func workerName(_ text: String) -> Message? {
    matches(
      text, first: isAlphanumeric, rest: { isAlphanumeric($0) || ".-_".utf8.contains($0) }, length: 1...64)
      ? nil : "must be letters, digits, `.`, `_` and `-`, at most 64, with a letter or digit first"
  }

  /// As rows of mission files name it.
  @Sendable package static func sourceName(_ text: String) -> Message? {
    matches(
      text, first: isLowerAlphanumeric, rest: { isLowerAlphanumeric($0) || "-_".utf8.contains($0) },
      length: 1...64)
      ? nil : "must be a lower-case letter or digit, then up to 63 of a-z, 0-9, _ and -"
  }

  /// Of missions, as rows of mission files have it.
  @Sendable package static func language(_ text: String) -> Message? {
    (2...3).contains(text.utf8.count) && text.utf8.allSatisfy(isLetter)
      ? nil : "must be a code of 2 or 3 letters"
  }

  /// A further column of mission files. Names that have a meaning of their own are not free.
  @Sendable package static func parameterName(_ text: String) -> Message? {
    guard
      matches(
        text, first: { isLowerAlphanumeric($0) && $0 > UInt8(ascii: "9") },
        rest: { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "_") }, length: 1...63)
    else { return "must be a lower-case letter, then up to 62 of a-z, 0-9 and _" }
    return reservedNames.contains(text) ? reservedName : nil
  }

  /// What is wrong with a name that is not free.
  package static let reservedName: Message = "is a name that has a meaning of its own; choose another"

  /// The columns of every mission file, and what sources know a mission by.
  private static let reservedNames: Set<String> = [
    "date_start", "date_end", "media_type", "languages", "source", "priority", "id", "folder", "job", "slot",
    "attempt", "mission_id", "run_id", "idempotency_key",
  ]

  /// What is wrong with an identifier; nil when nothing is.
  @Sendable package static func identifier(_ text: String) -> Message? {
    matches(
      text, first: { isLetter($0) || $0 == UInt8(ascii: "_") },
      rest: { isAlphanumeric($0) || $0 == UInt8(ascii: "_") }, length: 1...63)
      ? nil : "must be letters, digits and `_`, at most 63, without a digit first"
  }

  /// What is wrong with a bucket's name; nil when nothing is.
  @Sendable package static func bucket(_ text: String) -> Message? {
    matches(
      text, first: isAlphanumeric, rest: { isAlphanumeric($0) || ".-_".utf8.contains($0) }, length: 1...255)
      ? nil : "must be letters, digits, `.`, `_` and `-`, with a letter or digit first"
  }

  /// What is wrong with a region's name; nil when nothing is.
  @Sendable package static func region(_ text: String) -> Message? {
    matches(
      text, first: isAlphanumeric, rest: { isAlphanumeric($0) || "-_".utf8.contains($0) }, length: 1...64)
      ? nil : "must be letters, digits, `_` and `-`"
  }

  /// Some stores and clients fold `//`, `.` and `..` away, so a key with them would not read back.
  @Sendable package static func prefix(_ text: String) -> Message? {
    if text.isEmpty { return nil }
    if text.utf8.count > 512 { return "must be at most 512 bytes" }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
      ? "must not have an empty part, `.` or `..` between its slashes, nor a slash at its ends" : nil
  }

  /// What is wrong with a proxy's address; nil when nothing is.
  @Sendable package static func proxyServer(_ text: String) -> Message? {
    let rule: Message = "must be host:port"
    var authority = Substring(text)
    if let scheme = ["http://", "https://", "socks4://", "socks5://", "socks5h://"].first(
      where: text.hasPrefix)
    {
      authority = text.dropFirst(scheme.count)
    }
    if authority.contains("@") { return "\(rule); the user belongs in username and password" }
    guard let host = HostAndPort(authority), host.port != nil else { return rule }
    return nil
  }

  /// What is wrong with a mail server's address; nil when nothing is.
  @Sendable package static func mailServer(_ text: String) -> Message? {
    HostAndPort(text[...])?.port == nil ? "must be host:port" : nil
  }

  /// A bare address: without a name, without anything that could end a line or a command.
  @Sendable package static func mailAddress(_ text: String) -> Message? {
    let rule: Message = "must be an address like operator@example.com, without a name"
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, HostAndPort(parts[1]).map({ $0.port == nil }) ?? false,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) })
    else { return rule }
    return nil
  }

  private static func matches(
    _ text: String, first: (UInt8) -> Bool, rest: (UInt8) -> Bool, length: ClosedRange<Int>
  ) -> Bool {
    let bytes = text.utf8
    guard length.contains(bytes.count), let head = bytes.first, first(head) else { return false }
    return bytes.dropFirst().allSatisfy(rest)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// Whether it is a letter or a digit of ASCII.
  package static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
