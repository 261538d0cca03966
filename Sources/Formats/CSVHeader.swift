import MissionCore

/// The names of a CSV file's columns, as JSON writes them.
struct CSVHeader {
  /// Bytes of all names together; they are kept as long as the file is read.
  static let largest = 1 << 20

  /// Each name, escaped, without quotes.
  private(set) var names: [[UInt8]] = [[]]
  private var seen: Set<[UInt8]> = []
  private var size = 0

  /// What stands before the value of each column: `{"name":"`, and after the first `","name":"`.
  private(set) var lead: [[UInt8]] = []

  /// False when the names are too large to be kept.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    size += bytes.count
    guard size <= Self.largest else { return false }
    names[names.count - 1] += bytes
    return true
  }

  /// What is wrong with the name that ended; nil when nothing is.
  mutating func endName() -> Message? {
    let name = names[names.count - 1]
    if name.isEmpty { return "the header has an empty name" }
    return seen.insert(name).inserted ? nil : "the header has this name twice"
  }

  /// False when the names are too many to be kept.
  mutating func beginName() -> Bool {
    size += 1
    names.append([])
    return size <= Self.largest
  }

  mutating func end() {
    lead = names.enumerated().map { index, name in
      Array((index == 0 ? "{\"" : "\",\"").utf8) + name + Array("\":\"".utf8)
    }
    seen = []
  }
}
