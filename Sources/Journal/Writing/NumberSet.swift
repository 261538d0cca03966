/// Numbers of missions, a bit for each number up to the largest: a million take 125 kB.
///
/// Belongs to the journal's thread.
final class NumberSet {
  private var words: [UInt64] = []

  /// False when it was there.
  func insert(_ number: Int64) -> Bool {
    let (word, bit) = Self.place(of: number)
    if word >= words.count {
      words += [UInt64](repeating: 0, count: max(word + 1, 2 * words.count) - words.count)
    }
    defer { words[word] |= bit }
    return words[word] & bit == 0
  }

  func contains(_ number: Int64) -> Bool {
    let (word, bit) = Self.place(of: number)
    return word < words.count && words[word] & bit != 0
  }

  /// Missions are numbered from 1.
  private static func place(of number: Int64) -> (word: Int, bit: UInt64) {
    (Int(number) / 64, 1 << UInt64(number % 64))
  }
}
