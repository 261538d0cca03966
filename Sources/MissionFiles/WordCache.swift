/// Remembers what words of a column meant, by their bytes: each in the one place that follows from them, where the next
/// word of that place takes over. So a file may use hundreds of languages and each is read once.
struct WordCache<Value> {
  private static var capacity: Int { 1024 }

  private var entries: [(word: [UInt8], value: Value)?] = []

  /// What `reading` makes of the word; nil is not remembered.
  mutating func value(
    for word: UnsafeBufferPointer<UInt8>, reading: (UnsafeBufferPointer<UInt8>) -> Value?
  ) -> Value? {
    let place = Self.place(of: word)
    if entries.isEmpty { entries = Array(repeating: nil, count: Self.capacity) }
    if let entry = entries[place], entry.word.elementsEqual(word) { return entry.value }
    guard let value = reading(word) else { return nil }
    entries[place] = (Array(word), value)
    return value
  }

  /// FNV-1a, folded.
  private static func place(of word: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for byte in word { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return Int((hash ^ hash >> 15) % UInt32(capacity))
  }
}
