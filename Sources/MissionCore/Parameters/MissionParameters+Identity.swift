extension MissionParameters {
  /// The line whose SHA-256 the mission's id is taken from (SPEC 2, SOURCES 1), without a newline.
  ///
  /// A mission without further parameters of a source that needs media type and languages keeps the first form of the
  /// line, so that declaring a parameter changes no mission that exists.
  package func canonicalLine(needsMedia: Bool = true) -> String {
    if needsMedia, values.isEmpty {
      return "v1|\(source)|\(dateStart)|\(dateEnd)|\(mediaTypeText)|\(languageList)"
    }
    var line = "v2|\(source)|\(dateStart)|\(dateEnd)"
    for (name, text) in named { line += "|\(name)=\(Self.escaped(text))" }
    return line
  }

  /// Everything but source and days that is not empty, sorted by the bytes of the name.
  private var named: [(name: String, text: String)] {
    var named = values.entries.map { (name: $0.name, text: $0.value.text) }
    if !languages.isEmpty { named.append((name: "languages", text: languageList)) }
    if let mediaType { named.append((name: "media_type", text: mediaType.rawValue)) }
    return named.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What could be taken for the line's own marks is written as `%` and two digits; nothing else is touched.
  private static func escaped(_ text: String) -> String {
    func isMark(_ byte: UInt8) -> Bool { byte < 0x20 || "%|=".utf8.contains(byte) }
    guard text.utf8.contains(where: isMark) else { return text }
    var out: [UInt8] = []
    for byte in text.utf8 {
      guard isMark(byte) else {
        out.append(byte)
        continue
      }
      let digits = String(byte, radix: 16, uppercase: true)
      out += Array(("%" + (byte < 0x10 ? "0" : "") + digits).utf8)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
