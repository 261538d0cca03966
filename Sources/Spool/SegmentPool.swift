import MissionCore
import Ports
import Synchronization

/// The segments of the folder and the table of what is in them, shared by the spool's threads and its callers.
///
/// Nothing is opened before it is asked for: another process may only want to know whether the folder can be
/// written (`mission-control check`).
final class SegmentPool: Sendable {
  let folder: SpoolFolder
  /// Nil until the folder was read.
  private let table = Mutex<SegmentTable?>(nil)

  init(folder: SpoolFolder) { self.folder = folder }

  /// Calls `body` with the table, which nobody else has meanwhile. Reads the folder when it is the first call.
  func withTable<R: Sendable>(_ body: (inout SegmentTable) throws(SpoolError) -> R) throws(SpoolError) -> R {
    try table.withLock { table throws(SpoolError) in
      var current: SegmentTable
      // Taken out, so that the table is not copied when it changes.
      if let known = table.take() { current = known } else { current = try Self.load(folder) }
      defer { table = current }
      return try body(&current)
    }
  }

  /// As above, for what cannot fail; nil when the folder was never read, and so nothing is known.
  func withKnownTable<R: Sendable>(_ body: (inout SegmentTable) -> R) -> R? {
    table.withLock { table in
      guard var current = table.take() else { return nil }
      defer { table = current }
      return body(&current)
    }
  }

  /// The bytes of a mission's record and where they lie; nil when there is none.
  func read(_ mission: MissionID) throws(SpoolError) -> (place: RecordPlace, bytes: [UInt8])? {
    let found = try withTable { table in
      table.place(of: mission).flatMap { place in table.segment(place.segment).map { (place, $0) } }
    }
    guard let (place, segment) = found else { return nil }
    return (place, try segment.read(place))
  }

  /// Whether the mission's result has a file of its own, as far as is known without reading the folder.
  func hasFile(_ mission: MissionID) -> Bool { withKnownTable { $0.hasFile(mission) } ?? false }

  /// Of the mission's own file; nil when it has none.
  func path(of mission: MissionID, _ table: SegmentTable) -> String? {
    table.files[mission].map { folder.resultPath(mission, attempt: $0) }
  }

  private static func load(_ folder: SpoolFolder) throws(SpoolError) -> SegmentTable {
    var table = SegmentTable()
    var numbers: [Int] = []
    try folder.visitFiles { _, file in
      switch file {
      case .result(let mission, let attempt):
        // Of two the later one: the process died before it removed the other.
        table.addFile(mission, attempt: max(attempt, table.files[mission] ?? 0))
      case .segment(let number): numbers.append(number)
      case .lost(let mission): table.lost.insert(mission)
      case .part, .moving: break
      }
    }
    for number in numbers {
      let segment = try Segment(opening: number, in: folder)
      table.add(segment)
      for found in try segment.scan() {
        if found.isWhole {
          table.insert(found.mission, found.place)
        } else {
          table.damaged[found.mission] = found.place
        }
      }
    }
    for mission in table.files.keys { table.drop(mission) }
    return table
  }
}
