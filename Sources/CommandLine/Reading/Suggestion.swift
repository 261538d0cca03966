/// Finds the name that was probably meant.
enum Suggestion {
  /// The nearest of `names` to `typed`, or nil when none is near enough to be worth telling.
  ///
  /// A name is near when few edits lead to it, or to one of its words: `conncurrency` means `max-concurrency`.
  static func nearest(to typed: String, among names: some Sequence<String>) -> String? {
    let typedBytes = Array(typed.lowercased().utf8)
    let allowed = max(1, min(3, typedBytes.count / 3))
    var best: (distance: Int, name: String)?
    for name in names {
      let distance = nearness(of: Array(name.utf8), to: typedBytes)
      guard distance <= allowed * 2 else { continue }
      if let best, (best.distance, best.name) <= (distance, name) { continue }
      best = (distance, name)
    }
    return best?.name
  }

  /// Twice the edits to the whole name, or twice the edits to one of its words plus one; the beginning
  /// of a name is as near as one edit.
  private static func nearness(of name: [UInt8], to typed: [UInt8]) -> Int {
    if typed.count > 2, name.starts(with: typed) { return 2 }
    let whole = edits(from: typed, to: name) * 2
    let words = name.split(separator: UInt8(ascii: "-")).filter { $0.count > 2 }
    guard words.count > 1 else { return whole }
    return words.reduce(whole) { nearest, word in min(nearest, edits(from: typed, to: Array(word)) * 2 + 1) }
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other.
  static func edits(from left: [UInt8], to right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for column in right.indices {
        var cost = min(last[column + 1], current[column]) + 1
        cost = min(cost, last[column] + (byte == right[column] ? 0 : 1))
        if row > 0, column > 0, byte == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
