import Glibc
import MissionCore
import SQLite

/// Numbers slices from 0 in the order in which they come, and gives them back sorted.
///
/// Missions share few slices, which are known by a look into a table in memory. What does not fit there is kept in a
/// temporary database: slower, and no matter how many.
final class SliceDirectory {
  /// Bytes of keys that are kept in memory.
  private let mostBytes: Int
  private let scratch: ScratchDatabase
  private var key = SliceKey()
  private var latest: (key: [UInt8], number: UInt32)?

  /// The keys in memory, one behind the other, and where each begins; the last entry is the end.
  private var keys: [UInt8] = []
  private var starts: [Int] = [0]
  /// The number of each key in memory, one among those of `starts`.
  private var numbers: [UInt32] = []
  /// Places in `numbers`, one higher, by their hashes; 0 where there is none. Its size is a power of two.
  private var table = [UInt32](repeating: 0, count: 1024)
  private var onDisk: SliceTable?

  private(set) var count = 0

  init(_ scratch: ScratchDatabase, mostBytes: Int = 8 << 20) {
    self.scratch = scratch
    self.mostBytes = mostBytes
  }

  func number(of parameters: MissionParameters) throws(SQLiteError) -> UInt32 {
    key.take(parameters)
    return try numberOfKey()
  }

  func number(of slice: MissionSlice) throws(SQLiteError) -> UInt32 {
    key.take(slice)
    return try numberOfKey()
  }

  /// Of a row whose first columns are `SliceColumns.list`.
  func number(of row: SQLiteStatement) throws(SQLiteError) -> UInt32 {
    key.take(row)
    return try numberOfKey()
  }

  /// Every slice once, by its key.
  func each(_ body: (MissionSlice, UInt32) throws -> Void) throws {
    let inMemory = (0..<numbers.count).sorted { order($0, $1) < 0 }
    var next = 0
    func give(_ place: Int) throws { try body(SliceKey.slice(bytes(place)), numbers[place]) }
    try onDisk?.each { key, number in
      while next < inMemory.count, bytes(inMemory[next]).lexicographicallyPrecedes(key) {
        try give(inMemory[next])
        next += 1
      }
      try body(SliceKey.slice(key), number)
    }
    for place in inMemory[next...] { try give(place) }
  }

  private func numberOfKey() throws(SQLiteError) -> UInt32 {
    if let latest, latest.key == key.bytes { return latest.number }
    let number = try find()
    latest = (key.bytes, number)
    return number
  }

  private func find() throws(SQLiteError) -> UInt32 {
    var slot = slot(of: key.bytes[...])
    while table[slot] != 0 {
      let place = Int(table[slot]) - 1
      if bytes(place).elementsEqual(key.bytes) { return numbers[place] }
      slot = (slot + 1) & (table.count - 1)
    }
    let next = UInt32(count)
    if onDisk != nil || keys.count + key.bytes.count > mostBytes {
      if onDisk == nil { onDisk = try SliceTable(scratch) }
      guard let table = onDisk else { return next }
      let number = try table.number(of: key.bytes, else: next)
      if number == next { count += 1 }
      return number
    }
    count += 1
    keys += key.bytes
    starts.append(keys.count)
    numbers.append(next)
    table[slot] = UInt32(numbers.count)
    if numbers.count * 2 > table.count { grow() }
    return next
  }

  private func grow() {
    table = [UInt32](repeating: 0, count: table.count * 4)
    for place in numbers.indices {
      var slot = slot(of: bytes(place))
      while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = UInt32(place + 1)
    }
  }

  private func bytes(_ place: Int) -> ArraySlice<UInt8> { keys[starts[place]..<starts[place + 1]] }

  private func order(_ left: Int, _ right: Int) -> Int {
    let lengths = (starts[left + 1] - starts[left], starts[right + 1] - starts[right])
    let order = keys.withUnsafeBytes { keys in
      guard let base = keys.baseAddress else { return Int32(0) }
      return memcmp(base + starts[left], base + starts[right], min(lengths.0, lengths.1))
    }
    return order == 0 ? lengths.0 - lengths.1 : Int(order)
  }

  /// FNV-1a, folded: keys are short and nobody gains by making them collide.
  private func slot(of key: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash >> 29) & (table.count - 1)
  }
}

/// Slices that are too many for the memory.
private final class SliceTable {
  private let connection: SQLiteConnection
  private let find: SQLiteStatement
  private let insert: SQLiteStatement

  init(_ scratch: ScratchDatabase) throws(SQLiteError) {
    connection = try scratch.opened()
    try connection.execute("CREATE TEMP TABLE slices (key BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID")
    find = try connection.prepare("SELECT number FROM temp.slices WHERE key = ?", isPersistent: true)
    insert = try connection.prepare("INSERT INTO temp.slices VALUES (?, ?)", isPersistent: true)
  }

  func number(of key: [UInt8], else new: UInt32) throws(SQLiteError) -> UInt32 {
    try find.bind(blob: key, at: 1)
    defer { find.reset() }
    if try find.step() { return UInt32(truncatingIfNeeded: find.integer(0)) }
    try insert.bind(blob: key, at: 1)
    try insert.bind(Int64(new), at: 2)
    try insert.run()
    return new
  }

  func each(_ body: ([UInt8], UInt32) throws -> Void) throws {
    let rows = try connection.prepare("SELECT key, number FROM temp.slices ORDER BY key")
    while try rows.step() {
      try body(rows.withBlob(0) { Array($0) }, UInt32(truncatingIfNeeded: rows.integer(1)))
    }
  }
}
