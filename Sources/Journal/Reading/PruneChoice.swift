import MissionCore
import SQLite

/// Chooses missions that may be removed from the journal. QUEUED and RUNNING ones never are.
public struct PruneChoice: Hashable, Sendable {
  /// Empty chooses by the other parts.
  public var ids: [MissionID]
  /// Empty: DONE, FAILED and CANCELLED; with ids PENDING as well.
  public var statuses: [MissionStatus]
  /// Missions that were finished before this moment.
  public var finishedBefore: Timestamp?

  /// By source, range, what they scrape and what they ended with.
  public var filter: MissionFilter

  public init(
    ids: [MissionID] = [], statuses: [MissionStatus] = [], finishedBefore: Timestamp? = nil,
    filter: MissionFilter = MissionFilter()
  ) {
    self.filter = filter
    self.ids = ids
    self.statuses = statuses
    self.finishedBefore = finishedBefore
  }

  static let isFinished = "\(is: .done, .failed, .cancelled)"

  var condition: String {
    var parts = [ids.isEmpty ? Self.isFinished : "\(is: .pending, .done, .failed, .cancelled)"]
    if !statuses.isEmpty {
      parts.append("status IN (\(statuses.map { "\($0.stored)" }.joined(separator: ",")))")
    }
    if finishedBefore != nil { parts.append("finished_at < ?") }
    if !ids.isEmpty { parts.append("id IN (\(ids.map { _ in "?" }.joined(separator: ",")))") }
    if filter != MissionFilter() { parts.append(FilterSQL(filter).condition) }
    return parts.joined(separator: " AND ")
  }

  func bind(to statement: SQLiteStatement, from first: Int32) throws {
    var index = first
    if let finishedBefore {
      try statement.bind(finishedBefore, at: index)
      index += 1
    }
    for id in ids {
      try statement.bind(id, at: index)
      index += 1
    }
    _ = try FilterSQL(filter).bind(to: statement, from: index)
  }
}
