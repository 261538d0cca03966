import SQLite

/// One mission, or one row of a file, as far as the calendar is concerned.
struct DayEntry<Payload: BitwiseCopyable>: BitwiseCopyable {
  /// As a `SliceDirectory` numbers it.
  let slice: UInt32
  /// Both days included, as days since 1970.
  let from: Int32
  let to: Int32
  /// How many were added before it.
  let place: UInt32
  let payload: Payload

  /// By slice, first day, last day, and of one mission in the order in which they came.
  static func < (left: Self, right: Self) -> Bool {
    if left.slice != right.slice { return left.slice < right.slice }
    if left.from != right.from { return left.from < right.from }
    return left.to != right.to ? left.to < right.to : left.place < right.place
  }
}

/// Sorts entries by slice and days. A million cost no more memory than what `mostBytes` holds: beyond that they go,
/// sorted, to a temporary database in blocks, and of each sorted part it is remembered which slice its blocks begin with.
final class DayEntries<Payload: BitwiseCopyable> {
  typealias Entry = DayEntry<Payload>

  /// Entries of a block.
  private static var blockSize: Int { 256 }

  private let scratch: ScratchDatabase
  private let most: Int
  private var waiting: [Entry] = []
  private var isSorted = true
  private var parts: [Part] = []
  private var blocks = 0
  private var insert: SQLiteStatement?
  private var read: SQLiteStatement?
  private(set) var count = 0

  /// What was sorted together.
  private struct Part {
    /// The number of its first block.
    let start: Int
    /// The slice of the first entry of each block.
    var firstSlices: [UInt32] = []
    /// The block that was read last.
    var latest: (block: Int, entries: [Entry])?
  }

  init(_ scratch: ScratchDatabase, mostBytes: Int = 8 << 20) {
    self.scratch = scratch
    most = max(1, mostBytes / MemoryLayout<Entry>.stride)
  }

  func add(_ slice: UInt32, from: Int32, to: Int32, _ payload: Payload) throws(SQLiteError) {
    if waiting.count == most { try flush() }
    waiting.append(
      Entry(slice: slice, from: from, to: to, place: UInt32(truncatingIfNeeded: count), payload: payload))
    isSorted = false
    count += 1
  }

  /// Fills `entries` with those of a slice, sorted.
  func take(_ slice: UInt32, into entries: inout [Entry]) throws(SQLiteError) {
    if !isSorted {
      waiting.sort(by: <)
      isSorted = true
    }
    entries.removeAll(keepingCapacity: true)
    var sources = 0
    for place in parts.indices where try takePart(place, slice, &entries) { sources += 1 }
    let before = entries.count
    Self.append(slice, of: waiting, to: &entries)
    if entries.count > before { sources += 1 }
    if sources > 1 { entries.sort(by: <) }
  }

  /// True when the part has entries of the slice.
  private func takePart(
    _ place: Int, _ slice: UInt32, _ entries: inout [Entry]
  ) throws(SQLiteError) -> Bool {
    let firstSlices = parts[place].firstSlices
    // The slice may begin inside of the block before the first that begins with it.
    var block = max(0, Self.first(in: firstSlices) { $0 >= slice } - 1)
    let before = entries.count
    while block < firstSlices.count, firstSlices[block] <= slice {
      try bring(block, of: place)
      if let latest = parts[place].latest { Self.append(slice, of: latest.entries, to: &entries) }
      block += 1
    }
    return entries.count > before
  }

  private static func append(_ slice: UInt32, of sorted: [Entry], to entries: inout [Entry]) {
    var place = first(in: sorted) { $0.slice >= slice }
    while place < sorted.count, sorted[place].slice == slice {
      entries.append(sorted[place])
      place += 1
    }
  }

  /// The first place of a sorted array where it holds; its end when there is none.
  private static func first<Element>(in sorted: [Element], where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(sorted[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  // MARK: Blocks

  private func flush() throws(SQLiteError) {
    let connection = try scratch.opened()
    if insert == nil {
      try connection.execute("CREATE TEMP TABLE blocks (number INTEGER PRIMARY KEY, entries BLOB)")
      insert = try connection.prepare("INSERT INTO temp.blocks VALUES (?, ?)", isPersistent: true)
      read = try connection.prepare("SELECT entries FROM temp.blocks WHERE number = ?", isPersistent: true)
    }
    waiting.sort(by: <)
    var part = Part(start: blocks)
    for first in stride(from: 0, to: waiting.count, by: Self.blockSize) {
      let block = waiting[first..<min(waiting.count, first + Self.blockSize)]
      part.firstSlices.append(waiting[first].slice)
      try write(block)
    }
    parts.append(part)
    waiting.removeAll(keepingCapacity: true)
  }

  private func write(_ block: ArraySlice<Entry>) throws(SQLiteError) {
    guard let insert else { return }
    try insert.bind(blocks, at: 1)
    let bound: Result<Void, SQLiteError> = block.withUnsafeBytes { bytes in
      Result { () throws(SQLiteError) in try insert.bind(blob: bytes, at: 2) }
    }
    try bound.get()
    try insert.run()
    blocks += 1
  }

  private func bring(_ block: Int, of place: Int) throws(SQLiteError) {
    guard parts[place].latest?.block != block, let read else { return }
    try read.bind(parts[place].start + block, at: 1)
    defer { read.reset() }
    guard try read.step() else { return }
    let entries = read.withBlob(0) { bytes in
      [Entry](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Entry>.stride) { out, count in
        count = bytes.count / MemoryLayout<Entry>.stride
        UnsafeMutableRawBufferPointer(out).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * MemoryLayout<Entry>.stride)]))
      }
    }
    parts[place].latest = (block, entries)
  }
}
