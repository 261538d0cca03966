import MissionCore

/// Finds the key that was probably meant.
package enum Suggestion {
  /// The known key with the fewest edits, if they are few for its length.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let ranked = known.map { (name: $0, edits: distance(word, $0)) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }), best.edits <= max(1, best.name.count / 3) else {
      return nil
    }
    return best.name
  }

  /// The section that knows `name`, when it was written in the wrong one.
  package static func place(of name: String, in table: [ConfigurationKey]) -> Message? {
    for key in table {
      if key.name == name { return "the top level" }
      if let place = place(of: name, in: key, path: key.name) { return place }
    }
    return nil
  }

  private static func place(of name: String, in key: ConfigurationKey, path: String) -> Message? {
    guard let keys = key.kind.keys else { return nil }
    if keys.contains(where: { $0.name == name }) { return "\(path)" }
    return keys.lazy.compactMap { place(of: name, in: $0, path: "\(path).\($0.name)") }.first
  }

  /// Insertions, deletions, replacements and exchanges of neighbours.
  package static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8.prefix(64))
    let right = Array(right.utf8)
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var edits = min(last[column] + (byte == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
          edits = min(edits, beforeLast[column - 1] + 1)
        }
        current.append(edits)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}

extension ConfigurationKey.Kind {
  /// The keys inside a section or inside the items of a list.
  public var keys: [ConfigurationKey]? {
    switch self {
    case .section(let keys): return keys
    case .list(let item), .map(let item): return item.keys
    case .anyOf(let kinds):
      let keys = kinds.flatMap { $0.keys ?? [] }
      return keys.isEmpty ? nil : keys
    default: return nil
    }
  }

  package var isSecret: Bool {
    if case .secret = self { return true }
    return false
  }
}
