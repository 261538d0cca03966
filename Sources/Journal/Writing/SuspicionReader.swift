import MissionCore
import SQLite

/// Compares results with the lines that `PastMissionWriter` keeps: those of the slice's missions of the same number of
/// days in the 56 days before, without those that are not trusted themselves. Read through the lines' own index.
final class SuspicionReader {
  private let history: SQLiteStatement
  private let flag: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    history = try connection.prepare(
      """
      SELECT p.date_start, p.records, m.date_start, p.days
      FROM missions m JOIN slices s ON s.source = m.source AND s.media_type = m.media_type
          AND s.languages = m.languages AND s.parameters = \(PastMissionWriter.parameters("m"))
        JOIN past_missions p ON p.slice = s.number AND p.days = m.date_end - m.date_start + 1
          AND p.date_start BETWEEN m.date_start - \(SliceHistory.days) AND m.date_start - 1
      WHERE m.id = ? AND p.\(is: .done) AND p.is_suspicious = 0 ORDER BY p.date_start
      """, isPersistent: true)
    flag = try connection.prepare("SELECT suspicious FROM missions WHERE number = ?", isPersistent: true)
  }

  func judge(records: Int, of mission: MissionID) throws -> SuspicionVerdict {
    try history.bind(mission, at: 1)
    defer { history.reset() }
    var entries: [SliceHistory.Entry] = []
    var (day, days) = (CalendarDay(daysSinceEpoch: 0), 1)
    while try history.step() {
      entries.append(.init(day: history.day(0), records: history.int(1)))
      (day, days) = (history.day(2), history.int(3))
    }
    guard !entries.isEmpty else { return .tooLittleHistory }
    return SuspicionDetector.judge(records: records, day: day, SliceHistory(entries, missionDays: days))
  }

  /// The flag that a mission has.
  func suspicion(of number: Int64) throws -> Suspicion? {
    try flag.bind(number, at: 1)
    defer { flag.reset() }
    guard try flag.step() else { return nil }
    return flag.text(0).flatMap { Suspicion(json: $0) }
  }
}
