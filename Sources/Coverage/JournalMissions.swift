import Journal
import MissionCore

/// The missions of a journal.
package final class JournalMissions: MissionStream {
  private let rows: SliceRows

  package init(_ rows: SliceRows) { self.rows = rows }

  package func next() throws -> CoveringMission? { try rows.next().map(CoveringMission.init) }
}

/// The missions of a journal, those that should be there looked for outside.
package final class CheckedMissions: MissionStream {
  /// Missions that are asked for together.
  private static let batchSize = 500

  private let rows: SliceRows
  private let areThere: ([SliceRow]) throws -> [Bool]
  private var batch: [CoveringMission] = []
  private var place = 0

  /// - Parameter areThere: tells of DONE missions whether ledger row and object are there; asked in batches.
  package init(_ rows: SliceRows, areThere: @escaping ([SliceRow]) throws -> [Bool]) {
    self.rows = rows
    self.areThere = areThere
  }

  package func next() throws -> CoveringMission? {
    if place == batch.count { try fill() }
    guard place < batch.count else { return nil }
    defer { place += 1 }
    return batch[place]
  }

  private func fill() throws {
    (batch, place) = ([], 0)
    var asked: [(place: Int, row: SliceRow)] = []
    while batch.count < Self.batchSize, let row = try rows.next() {
      let mission = CoveringMission(row)
      if mission.standing?.isDone == true { asked.append((batch.count, row)) }
      batch.append(mission)
    }
    guard !asked.isEmpty else { return }
    for (question, isThere) in zip(asked, try areThere(asked.map(\.row))) where !isThere {
      batch[question.place].standing = .lost
    }
  }
}

extension CoveringMission {
  fileprivate init(_ row: SliceRow) {
    self.init(
      slice: row.slice, from: row.from, to: row.to,
      standing: MissionStanding(row.status, records: row.records, isSuspicious: row.isSuspicious))
  }
}
