/// Remembers what the last few words of a column meant, by their bytes.
struct WordCache<Value> {
  /// Files use a handful of languages and sources; more would make the search longer than reading anew.
  private static var capacity: Int { 8 }

  private var entries: [(word: [UInt8], value: Value)] = []
  private var oldest = 0

  /// What `reading` makes of the word; nil is not remembered.
  mutating func value(
    for word: UnsafeBufferPointer<UInt8>, reading: (UnsafeBufferPointer<UInt8>) -> Value?
  ) -> Value? {
    for entry in entries where entry.word.count == word.count && entry.word.elementsEqual(word) {
      return entry.value
    }
    guard let value = reading(word) else { return nil }
    if entries.count < Self.capacity {
      entries.append((Array(word), value))
    } else {
      entries[oldest] = (Array(word), value)
      oldest = (oldest + 1) % Self.capacity
    }
    return value
  }
}
