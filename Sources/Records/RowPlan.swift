import MissionCore
import Ports

/// Which elements of a result become rows: of equal ids the last. Found from the bytes alone, so that it can be compared
/// with what a database says it has; and, where it is needed, before anything is sent to one.
///
/// Exact, in bounded memory: ids are first compared by hashes, a part of them at a time when there are very many;
/// only those whose hashes repeat are compared themselves.
package struct RowPlan {
  /// Elements of the result.
  package private(set) var elements = 0
  /// Positions of the elements whose id comes again later.
  package private(set) var superseded = PositionSet()

  /// Rows that the result makes.
  package var rows: Int { elements - superseded.count }

  /// Memory for hashes and ids: 32 MiB and about as much.
  package struct Limits {
    package var hashes = 1 << 22
    package var ids = 1 << 18

    package init() {}
  }

  /// - Parameters:
  ///   - bytes: a result's.
  ///   - table: where its rows go.
  ///   - release: as `SpooledResult.withBytes` gives it.
  package init(
    _ bytes: UnsafeRawBufferPointer, for table: RecordTable, release: @escaping (Int) -> Void,
    limits: Limits = Limits()
  ) throws(DestinationError) {
    let ids = IDScan(bytes: bytes, table: table, release: release)
    // Parts are told apart by the lowest bits of the hash; how many there must be shows on the way.
    var mask: UInt64 = 0
    var hashes: [UInt64] = []
    elements = try ids.visit { (id, _) throws(DestinationError) in
      let hash = Self.hash(id)
      guard hash & mask == 0 else { return }
      if hashes.count >= limits.hashes {
        mask = mask << 1 | 1
        hashes.removeAll { $0 & mask != 0 }
        guard hash & mask == 0 else { return }
      }
      hashes.append(hash)
    }
    try keepLast(Self.repeated(&hashes), ids, limits)
    guard mask > 0 else { return }
    for part in 1...mask {
      hashes.removeAll(keepingCapacity: true)
      _ = try ids.visit { (id, _) throws(DestinationError) in
        let hash = Self.hash(id)
        if hash & mask == part { hashes.append(hash) }
      }
      try keepLast(Self.repeated(&hashes), ids, limits)
    }
  }

  /// The position of the row that was sent as number `row`, from 1.
  package func position(ofRow row: Int) -> Int {
    guard superseded.count > 0 else { return row - 1 }
    var left = row
    for position in 0..<elements where !superseded.contains(position) {
      left -= 1
      if left == 0 { return position }
    }
    return elements
  }

  private static func hash(_ id: UnsafeRawBufferPointer) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(bytes: id)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// The hashes that occur more than once.
  private static func repeated(_ hashes: inout [UInt64]) -> [UInt64] {
    hashes.sort()
    var found: [UInt64] = []
    for index in hashes.indices.dropFirst() where hashes[index] == hashes[index - 1] {
      if found.last != hashes[index] { found.append(hashes[index]) }
    }
    return found
  }

  private mutating func keepLast(_ hashes: [UInt64], _ ids: IDScan, _ limits: Limits) throws(DestinationError)
  {
    for start in stride(from: 0, to: hashes.count, by: limits.ids) {
      let wanted = Set(hashes[start..<min(start + limits.ids, hashes.count)])
      // By bytes: as Strings, two ids that only look alike would be equal.
      var last: [[UInt8]: Int] = [:]
      var found = superseded
      _ = try ids.visit { (id, position) throws(DestinationError) in
        guard wanted.contains(Self.hash(id)) else { return }
        if let earlier = last.updateValue(position, forKey: Array(id)) { found.insert(earlier) }
      }
      superseded = found
    }
  }
}

/// Goes through the ids of a result, as often as asked.
private struct IDScan {
  let bytes: UnsafeRawBufferPointer
  let table: RecordTable
  let release: (Int) -> Void

  /// - Returns: how many there are.
  func visit(_ body: (_ id: UnsafeRawBufferPointer, _ position: Int) throws(DestinationError) -> Void)
    throws(DestinationError) -> Int
  {
    var reader = RecordRowReader(bytes, for: table, release: release)
    while let row = try reader.next() {
      switch row.id {
      case .place(let range): try body(UnsafeRawBufferPointer(rebasing: bytes[range]), row.position)
      case .text(let text):
        let copy = Array(text.utf8)
        try copy.withUnsafeBufferPointer { (id) throws(DestinationError) in
          try body(UnsafeRawBufferPointer(id), row.position)
        }
      }
    }
    return reader.count
  }
}
