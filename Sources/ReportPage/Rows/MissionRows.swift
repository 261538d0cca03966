import Crypto
import Journal
import MissionCore
import Threads

/// Missions as the rows that the page's script reads (`decoding.js`): no names, days as numbers, times
/// from the run's start, repeated texts by their place. About 300 bytes for a mission with its history.
struct MissionRows {
  /// Missions that a page lists one by one, at most. One of more tells days and slices, and lists only those that
  /// somebody has to look at.
  static let mostListed = 20_000
  /// Histories of DONE missions are left out once all histories together are larger, so that a page of 10,000
  /// missions stays below 5 MB; those of the others, which somebody may have to look into, at three times that.
  static let historyBytes = 2_800_000

  private let run: RunRecord
  private let histories: any MissionHistories
  private let phrases: HTMLPhrases
  private let events: EventRows
  private var shared = SharedTexts()
  private var historySize = 0
  /// After it no history is read any more.
  private let deadline: Moment?

  /// - Parameter isHurried: histories are read for a second only.
  init(
    _ run: RunRecord, _ histories: any MissionHistories, _ phrases: HTMLPhrases, isHurried: Bool
  ) {
    deadline = isHurried ? .now + .seconds(1) : nil
    self.run = run
    self.histories = histories
    self.phrases = phrases
    events = EventRows(runID: run.id, runStart: run.startedAt, phrases: phrases)
  }

  mutating func write(_ mission: MissionRecord, to rows: inout RowWriter) throws {
    rows.newLine()
    rows.open("[")
    rows.text(Base64.name(Self.bytes(mission.id)))
    rows.integer(mission.parameters.dateStart.daysSinceEpoch)
    rows.integer(mission.parameters.dateEnd.daysSinceEpoch - mission.parameters.dateStart.daysSinceEpoch)
    rows.integer(mission.parameters.mediaType.flatMap { MediaType.allCases.firstIndex(of: $0) })
    shared.write(mission.parameters.languages.joined(separator: ","), to: &rows)
    rows.integer(MissionStatus.allCases.firstIndex(of: mission.status))
    rows.integer(mission.checkpoint.ordinal)
    rows.integer(mission.adsCount)
    shared.write(mission.errorCode?.rawValue, to: &rows)
    shared.write(mission.errorCause?.rawValue, to: &rows)
    shared.write(mission.errorMessage, limit: 400, translated: phrases.translated, to: &rows)
    shared.write(mission.worker, to: &rows)
    shared.write(mission.proxy, to: &rows)
    rows.integer(mission.retryCount)
    for moment in [mission.queuedAt, mission.startedAt, mission.finishedAt] {
      rows.integer(moment.map { $0.milliseconds - run.startedAt.milliseconds })
    }
    rows.integer(mission.size)
    for seconds in [mission.scrapeSeconds, mission.dbSeconds, mission.s3Seconds] {
      rows.integer(seconds.map { Int64(($0 * 1000).rounded()) })
    }
    shared.write(mission.parameters.source, to: &rows)
    let values = mission.parameters.values.list
    shared.write(values.isEmpty ? nil : values, to: &rows)
    try writeHistory(of: mission, to: &rows)
    rows.close("]")
  }

  private mutating func writeHistory(of mission: MissionRecord, to rows: inout RowWriter) throws {
    let limit = mission.status == .done ? Self.historyBytes : Self.historyBytes * 3
    guard historySize < limit, deadline.map({ .now < $0 }) ?? true else { return rows.integer(0) }
    let before = rows.bytes.count
    events.write(try histories.history(of: mission.id), to: &rows, &shared)
    historySize += rows.bytes.count - before
  }

  private static func bytes(_ id: MissionID) -> [UInt8] {
    [id.high, id.low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
  }
}
