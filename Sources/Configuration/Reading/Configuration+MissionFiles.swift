import MissionCore

/// What `missions:` leads to.
public struct MissionFileSearch: Hashable, Sendable {
  /// Sorted, each once. A name without `*`, `?` or `[` stays even if there is no such file, so that its reader can
  /// say so.
  public var files: [String] = []
  /// Patterns that match no file and whose folders could be looked at.
  public var unmatched: [String] = []
  /// What could not be looked at, with the reason: `missions cannot be read: Permission denied`.
  public var unreadable: [Message] = []
}

extension Configuration {
  /// Looks for the files that `missions:` names: patterns replaced by what they match.
  public func missionFiles() -> MissionFileSearch {
    var search = MissionFileSearch()
    var found: Set<String> = []
    for name in missionPatterns {
      guard PathPattern.isPattern(name) else {
        found.insert(name)
        continue
      }
      let pattern = PathPattern(name)
      found.formUnion(pattern.matches)
      search.unreadable += pattern.failures.map { "\($0.path) cannot be read: \($0.reason)" }
      if pattern.matches.isEmpty, pattern.failures.isEmpty { search.unmatched.append(name) }
    }
    search.files = found.sorted()
    return search
  }
}
