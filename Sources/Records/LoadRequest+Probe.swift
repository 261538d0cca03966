import MissionCore
import Ports

extension LoadRequest {
  /// Of the bytes of `probe`.
  private static let probeSHA256 = "50667d8349830211273e90edfd19fcb419faa5de313dba5e58ee56645d942308"

  /// What `check` writes, reads back and rolls back.
  package static func probe(for table: RecordTable) -> LoadRequest {
    let data = Array(#"[{"id":"probe"}]"#.utf8)
    let mission = MissionID(high: 0, low: 0)
    let day = CalendarDay(daysSinceEpoch: 0)
    return LoadRequest(
      mission: mission,
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .all, languages: ["en"]),
      runID: "check",
      result: SpooledResult(
        mission: mission, sha256: probeSHA256, adsCount: 1, answer: data, data: 0..<data.count),
      table: table, at: Timestamp(milliseconds: 0), replaces: true)
  }
}
