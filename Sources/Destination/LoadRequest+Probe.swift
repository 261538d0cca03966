import MissionCore
import Spool

extension LoadRequest {
  /// What `check` writes, reads back and rolls back.
  package static var probe: LoadRequest {
    let data = Array(#"[{"id":"probe"}]"#.utf8)
    let mission = MissionID(high: 0, low: 0)
    let day = CalendarDay(daysSinceEpoch: 0)
    return LoadRequest(
      mission: mission,
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .all, languages: ["en"]),
      runID: "check", result: SpooledResult(mission: mission, inMemory: data, adsCount: 1),
      at: Timestamp(milliseconds: 0), replaces: true)
  }
}
