import Failpoints
import Glibc
import MissionCore
import Ports
import Threads

/// Gives results that stay (of FAILED missions, mostly) a file of their own, so that they hold no segment and a
/// person finds them by the mission's id.
struct MoveOut {
  /// Files that are made durable together.
  private static let groupSize = 64

  let pool: SegmentPool
  private var folder: SpoolFolder { pool.folder }

  init(pool: SegmentPool) { self.pool = pool }

  /// A file that is written and not on disk yet. A class, because the file it owns cannot be copied into an array.
  private final class Moving {
    let mission: MissionID
    let place: RecordPlace
    let file: OpenFile

    init(_ mission: MissionID, _ place: RecordPlace, _ file: consuming OpenFile) {
      self.mission = mission
      self.place = place
      self.file = file
    }
  }

  /// Moves all that is needed of a segment, as far as there is time. A record counts as gone from it when its file
  /// is on disk.
  func move(_ number: Int, until deadline: Moment? = nil) throws(SpoolError) {
    let found = try pool.withTable { table in
      table.segment(number).map { ($0, Array(table.records(in: number))) }
    }
    guard let (segment, records) = found else { return }
    for start in stride(from: 0, to: records.count, by: Self.groupSize) {
      if let deadline, deadline <= .now { return }
      let group = records[start..<min(start + Self.groupSize, records.count)]
      try publish(write(group.map { ($0.key, $0.value) }, from: segment))
    }
  }

  /// When no small work is done any more: moves what there is time for, the emptiest segments first, and removes
  /// the segments that nothing is needed of.
  func close(until deadline: Moment?) {
    let used =
      pool.withKnownTable { table in
        table.numbers.map { (number: $0, live: table.live(in: $0)) }.sorted { $0.live < $1.live }
      } ?? []
    for (number, live) in used {
      // What cannot be moved stays in its segment, as durable as it was.
      if live > 0 { try? move(number, until: deadline) }
      let isEmpty =
        pool.withKnownTable { table in
          guard table.live(in: number) == 0 else { return false }
          table.removeSegment(number)
          return true
        } ?? false
      guard isEmpty else { continue }
      Failpoint.reach("spool.segment.remove.before")
      folder.remove(folder.segmentPath(number))
      Failpoint.reach("spool.segment.remove.after")
    }
  }

  private func write(_ records: [(MissionID, RecordPlace)], from segment: Segment) throws(SpoolError)
    -> [Moving]
  {
    var written: [Moving] = []
    do throws(SpoolError) {
      for (mission, place) in records {
        let bytes = try segment.read(place)
        let moving = Moving(mission, place, try OpenFile(creating: folder.movingPath(mission)))
        written.append(moving)
        Failpoint.reach("spool.move.write.before")
        try moving.file.write(bytes, at: 0)
        Failpoint.reach("spool.move.write.after")
        Writeback.begin(moving.file.descriptor)
      }
      for moving in written { try moving.file.synchronize() }
      Failpoint.reach("spool.move.fsync.after")
    } catch {
      for moving in written { folder.remove(moving.file.path) }
      throw error
    }
    return written
  }

  /// The name is given while the table is held: a mission that was removed or scraped again meanwhile must not
  /// get its old result back.
  private func publish(_ group: [Moving]) throws(SpoolError) {
    var named: [Moving] = []
    for moving in group {
      let isNamed = try pool.withTable { table throws(SpoolError) in
        guard table.place(of: moving.mission) == moving.place else { return false }
        Failpoint.reach("spool.move.rename.before")
        try folder.publish(moving.file.path, as: moving.mission, attempt: moving.place.attempt)
        Failpoint.reach("spool.move.rename.after")
        table.addFile(moving.mission, attempt: moving.place.attempt)
        return true
      }
      if isNamed { named.append(moving) } else { folder.remove(moving.file.path) }
    }
    try folder.synchronize()
    Failpoint.reach("spool.move.folder.after")
    try pool.withTable { table in
      for moving in named where table.records[moving.mission] == moving.place { table.drop(moving.mission) }
    }
  }
}
