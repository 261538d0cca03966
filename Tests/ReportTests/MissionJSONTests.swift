import JSONStream
import MissionCore
import Testing

@testable import Report

@Suite("A mission as JSON", .timeLimit(.minutes(5)))
struct MissionJSONTests {
  @Test("a new mission has every key, with null where nothing is known")
  func fresh() {
    var json = JSONWriter()
    let mission = MissionRecord(
      id: MissionID("00000000-0000-8000-8000-000000000001")!,
      parameters: MissionParameters(
        dateStart: CalendarDay("2025-01-01")!, dateEnd: CalendarDay("2025-01-02")!, mediaType: .all,
        languages: ["PT", "eng"]), createdAt: Timestamp("2026-01-31T10:11:12.345Z")!)
    MissionJSON.write(mission, to: &json)
    #expect(
      json.text == #"{"id":"00000000-0000-8000-8000-000000000001","source":"default","#
        + #""date_start":"2025-01-01","date_end":"2025-01-02","media_type":"all","languages":["eng","pt"],"#
        + #""status":"PENDING","checkpoint":"SCRAPE","#
        + #""checkpoints":{"scrape":"pending","db":"pending","s3":"pending"},"ads_count":null,"#
        + #""error_code":null,"error_cause":null,"error_message":null,"worker":null,"job_id":null,"#
        + #""proxy":null,"retry_count":0,"created_at":"2026-01-31T10:11:12.345Z","queued_at":null,"#
        + #""started_at":null,"finished_at":null,"size":null,"sha256":null,"s3_key":null,"s3_etag":null,"#
        + #""s3_sha256":null,"parameters":{},"suspicious":null}"#)
  }

  private func done(_ number: Int) -> MissionRecord {
    let day = CalendarDay("2025-03-01")!.adding(days: number)
    var mission = MissionRecord(
      id: MissionID(high: UInt64(number), low: 0),
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"]),
      status: .done, createdAt: Timestamp(milliseconds: 0))
    mission.scrapeSeconds = 1
    mission.dbSeconds = 0.012
    mission.s3Seconds = 0.4
    return mission
  }

  @Test("more keys go to the end of the object")
  func extra() {
    var json = JSONWriter()
    json.beginArray()
    for number in 1...2 {
      let mission = done(number)
      MissionJSON.write(mission, to: &json) { json in
        json.key("durations")
        MissionJSON.durations(mission).writeJSON(to: &json)
      }
    }
    json.endArray()
    #expect(
      json.text.contains(
        #""s3_sha256":null,"parameters":{},"suspicious":null,"durations":{"scrape":1,"db":0.012,"s3":0.4}},{"id""#
      ))
  }
}
