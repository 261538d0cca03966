import Journal
import MissionCore

/// All missions that journals and files know of, each once, however many of them know it.
///
/// They may come in any order and in any number (`CoveredSlices`). For one thread.
package final class KnownMissions {
  /// What a row of a file says.
  package enum Kind {
    /// A run would take it up, and it is wanted.
    case listed
    /// A run would take it up; what is wanted is said elsewhere.
    case known
    /// It is wanted; no run need know it.
    case wanted
  }

  private let slices: CoveredSlices
  private var wantedDays: ClosedRange<Int32>?
  private var allDays: ClosedRange<Int32>?

  package init() { slices = CoveredSlices() }

  /// The first and the last day that rows of files want; nil without any.
  package var firstAndLastWanted: (first: CalendarDay, last: CalendarDay)? { Self.days(wantedDays) }

  /// Of all that is known.
  package var firstAndLastKnown: (first: CalendarDay, last: CalendarDay)? { Self.days(allDays) }

  /// Takes a row of a file.
  package func add(_ mission: MissionParameters, _ kind: Kind) throws(JournalError) {
    let covering = CoveringMission(
      from: mission.dateStart.daysSinceEpoch, to: mission.dateEnd.daysSinceEpoch,
      standing: kind == .wanted ? nil : .pending, isWanted: kind != .known)
    note(covering)
    try slices.add(mission, note: covering.note)
  }

  func add(_ mission: CoveringMission, of slice: MissionSlice) throws(JournalError) {
    note(mission)
    try slices.add(slice, from: mission.from, to: mission.to, note: mission.note)
  }

  /// Takes the missions of a journal that match.
  package func add(_ reader: JournalReader, _ filter: MissionFilter) throws(JournalError) {
    let rows = try reader.sliceRows(filter, for: slices, namesOutside: false)
    while let row = try rows.next() { try add(row, CoveringMission(row)) }
  }

  /// The same; what is DONE and not there is lost.
  ///
  /// - Parameter areThere: tells of DONE missions whether ledger row and object are there; asked in batches.
  package func add(
    _ reader: JournalReader, _ filter: MissionFilter, areThere: ([SliceRow.Outside]) throws -> [Bool]
  ) throws {
    let rows = try reader.sliceRows(filter, for: slices, namesOutside: true)
    var batch: [(row: SliceRow, outside: SliceRow.Outside)] = []
    func ask() throws {
      for (question, isThere) in zip(batch, try areThere(batch.map(\.outside))) {
        var mission = CoveringMission(question.row)
        if !isThere { mission.standing = .lost }
        try add(question.row, mission)
      }
      batch = []
    }
    while let row = try rows.next() {
      let mission = CoveringMission(row)
      guard mission.standing?.isDone == true, let outside = row.outside else {
        try add(row, mission)
        continue
      }
      batch.append((row, outside))
      if batch.count == Self.batchSize { try ask() }
    }
    if !batch.isEmpty { try ask() }
  }

  /// Each slice in its order with its missions by first day and last day.
  package func each(_ body: (MissionSlice, [CoveringMission]) throws -> Void) throws {
    try slices.each { slice, found in
      var missions: [CoveringMission] = []
      missions.reserveCapacity(found.count)
      for entry in found {
        let mission = CoveringMission(from: entry.from, to: entry.to, note: entry.note)
        if let last = missions.last, last.from == mission.from, last.to == mission.to {
          missions[missions.count - 1].merge(mission)
        } else {
          missions.append(mission)
        }
      }
      try body(slice, missions)
    }
  }

  /// Missions that are asked for together.
  private static let batchSize = 500

  private func add(_ row: SliceRow, _ mission: CoveringMission) throws(JournalError) {
    note(mission)
    try slices.add(row, note: mission.note)
  }

  private func note(_ mission: CoveringMission) {
    Self.widen(&allDays, mission)
    if mission.isWanted { Self.widen(&wantedDays, mission) }
  }

  private static func widen(_ days: inout ClosedRange<Int32>?, _ mission: CoveringMission) {
    days =
      min(days?.lowerBound ?? mission.from, mission.from)...max(days?.upperBound ?? mission.to, mission.to)
  }

  private static func days(_ range: ClosedRange<Int32>?) -> (first: CalendarDay, last: CalendarDay)? {
    range.map {
      (CalendarDay(daysSinceEpoch: $0.lowerBound), CalendarDay(daysSinceEpoch: $0.upperBound))
    }
  }
}

extension CoveringMission {
  fileprivate init(_ row: SliceRow) {
    self.init(
      from: row.from, to: row.to,
      standing: MissionStanding(row.status, records: row.records, isSuspicious: row.isSuspicious))
  }
}
