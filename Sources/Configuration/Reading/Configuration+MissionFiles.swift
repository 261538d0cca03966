import Glibc

extension Configuration {
  /// The files that `missions:` names: globs replaced by what they match, sorted, each once. A name without
  /// `*`, `?` or `[` stays even if there is no such file, so that its reader can say so.
  public func missionFiles() -> [String] {
    var found: Set<String> = []
    for pattern in missions {
      if pattern.contains(where: { "*?[".contains($0) }) {
        found.formUnion(Self.matches(of: pattern))
      } else {
        found.insert(pattern)
      }
    }
    return found.sorted()
  }

  private static func matches(of pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    // No match and an unreadable folder give nothing; there is no partial answer to tell apart.
    guard glob(pattern, 0, nil, &result) == 0, let paths = result.gl_pathv else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }
}
