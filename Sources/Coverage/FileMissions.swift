import Journal
import MissionCore

/// Rows of mission files, sorted.
package final class FileMissions: MissionStream {
  /// What a row says.
  package enum Kind: Int {
    /// A run would take it up, and it is wanted.
    case listed
    /// A run would take it up; what is wanted is said elsewhere.
    case known
    /// It is wanted; no run need know it.
    case wanted
  }

  private let scratch: SliceScratch

  package init() throws(JournalError) { scratch = try SliceScratch() }

  /// All before the first `next`.
  package func add(_ mission: MissionParameters, _ kind: Kind) throws(JournalError) {
    try scratch.add(mission, kind: kind.rawValue)
  }

  /// Of the rows that say what is wanted; nil without any.
  package var firstAndLastDay: (first: CalendarDay, last: CalendarDay)? {
    let kinds: [Kind] = [.listed, .wanted]
    let bounds = kinds.compactMap { scratch.firstAndLastDay(kind: $0.rawValue) }
    guard let first = bounds.map(\.first).min(), let last = bounds.map(\.last).max() else { return nil }
    return (first, last)
  }

  package func next() throws -> CoveringMission? {
    guard let row = try scratch.next() else { return nil }
    let kind = Kind(rawValue: row.kind)
    return CoveringMission(
      slice: row.slice, from: row.from, to: row.to, standing: kind == .wanted ? nil : .pending,
      isWanted: kind != .known)
  }
}
