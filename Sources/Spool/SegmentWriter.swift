import Failpoints
import Glibc
import MissionCore
import Ports

/// Appends groups of small results to segments. Owned by the one thread that writes segments.
struct SegmentWriter: ~Copyable {
  /// Segments at the most, as long as moving results out of them frees some: 64 MiB.
  static let largestSegmentCount = 16
  /// Bytes that are gathered for one write.
  private static let stagingSize = 1 << 20

  /// The segment that is being filled.
  private struct Active {
    let segment: Segment
    let generation: UInt64
    var end = 0
    var count = 0

    init(_ segment: Segment) {
      self.segment = segment
      generation = .random(in: 1 ... .max)
    }

    func takes(_ size: Int) -> Bool {
      end + size <= Segment.capacity && count < Segment.largestRecordCount
    }
  }

  private let pool: SegmentPool
  private var active: Active?
  /// Freed with the writer; used by nobody else.
  private let staging = UnsafeMutableRawBufferPointer.allocate(byteCount: stagingSize, alignment: 4096)
  /// Bytes of `staging` that are not written yet.
  private var staged = 0
  /// Records of the active segment that are not on disk yet.
  private var unpublished: [(MissionID, RecordPlace)] = []

  init(pool: SegmentPool) { self.pool = pool }

  deinit { staging.deallocate() }

  /// All results are on disk and found by the pool when it returns; none is found when it throws.
  mutating func write(_ results: [SmallResult]) throws(SpoolError) {
    do throws(SpoolError) {
      try removeOlderFiles(results)
      try beginAnewIfEmpty()
      var sequence = try pool.withTable { $0.lastSequence }
      for result in results {
        sequence += 1
        try append(result, sequence)
      }
      try publish()
    } catch {
      giveUp(results)
      throw error
    }
  }

  /// A file of an earlier scrape counts more than a record, so it must be gone first, also after a power cut.
  private func removeOlderFiles(_ results: [SmallResult]) throws(SpoolError) {
    let older = try pool.withTable { table in
      results.compactMap { result in pool.path(of: result.mission, table).map { (result.mission, $0) } }
    }
    guard !older.isEmpty else { return }
    Failpoint.reach("spool.older.remove.before")
    for (_, path) in older {
      guard pool.folder.remove(path) else { throw .last("unlink", path) }
    }
    Failpoint.reach("spool.older.remove.after")
    try pool.folder.synchronize()
    try pool.withTable { table in for (mission, _) in older { table.removeFile(mission) } }
  }

  private mutating func beginAnewIfEmpty() throws(SpoolError) {
    guard let active, active.end > 0 else { return }
    if try pool.withTable({ $0.live(in: active.segment.number) }) == 0 {
      self.active = Active(active.segment)
    }
  }

  private mutating func append(_ result: SmallResult, _ sequence: UInt64) throws(SpoolError) {
    let size = result.data.count
    let recordSize = RecordHeader.recordSize(size)
    if active?.takes(recordSize) != true {
      try publish()
      active = Active(try nextSegment())
    }
    if staged + recordSize > staging.count { try flush() }
    let header = RecordHeader(
      generation: active!.generation, sequence: sequence, mission: result.mission, size: size,
      attempt: result.attempt, sha256: result.sha256)
    let place = UnsafeMutableRawBufferPointer(rebasing: staging[staged..<staged + recordSize])
    // The last word may reach behind the data: nothing else of the memory goes to the disk.
    place.storeBytes(of: 0, toByteOffset: recordSize - 8, as: UInt64.self)
    header.write(to: place)
    result.answer.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: place[RecordHeader.byteCount...])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[result.data]))
    }
    unpublished.append(
      (
        result.mission,
        RecordPlace(
          segment: active!.segment.number, offset: active!.end + staged + RecordHeader.byteCount, size: size,
          sequence: sequence, attempt: result.attempt)
      ))
    staged += recordSize
    active!.count += 1
  }

  private mutating func flush() throws(SpoolError) {
    guard staged > 0 else { return }
    Failpoint.reach("spool.segment.write.before")
    try active!.segment.write(UnsafeRawBufferPointer(rebasing: staging[..<staged]), at: active!.end)
    Failpoint.reach("spool.segment.write.after")
    active!.end += staged
    staged = 0
  }

  /// One fdatasync for all records since the last one.
  private mutating func publish() throws(SpoolError) {
    guard !unpublished.isEmpty else { return }
    try flush()
    try active!.segment.synchronize()
    Failpoint.reach("spool.segment.fdatasync.after")
    try pool.withTable { table in
      for (mission, place) in unpublished { table.insert(mission, place) }
    }
    pool.removeLost(unpublished.map(\.0))
    unpublished.removeAll(keepingCapacity: true)
  }

  private mutating func giveUp(_ results: [SmallResult]) {
    staged = 0
    unpublished = []
    let failed = active?.segment.number
    active = nil
    pool.withKnownTable { table in
      for result in results { table.drop(result.mission) }
      if let failed { table.abandon(failed) }
    }
  }

  /// One that is empty; else, when there are many, the one with the fewest results is emptied.
  private func nextSegment() throws(SpoolError) -> Segment {
    let full = active?.segment.number
    if let free = try pool.withTable({ $0.free() }) { return free }
    if try pool.withTable({ $0.count }) >= Self.largestSegmentCount,
      let victim = try pool.withTable({ $0.leastUsed(besides: full) })
    {
      try MoveOut(pool: pool).move(victim.number)
      if let free = try pool.withTable({ $0.free() }) { return free }
    }
    let created = try Segment(creating: try pool.withTable { $0.lastNumber } + 1, in: pool.folder)
    try pool.withTable { $0.add(created) }
    return created
  }
}
