import MissionCore
import MissionFiles
import Testing

@Suite(.timeLimit(.minutes(5))) struct BackfillTests {
  private func ranges(_ from: String, _ to: String, _ step: Backfill.Step) throws -> [String] {
    let backfill = Backfill(
      from: try #require(CalendarDay(from)), to: try #require(CalendarDay(to)), mediaType: .video,
      languages: ["pt"], every: step)
    return backfill.map { "\($0.dateStart)..\($0.dateEnd)" }
  }

  @Test("one mission a day, across a leap day")
  func days() throws {
    #expect(
      try ranges("2024-02-28", "2024-03-01", .day) == [
        "2024-02-28..2024-02-28", "2024-02-29..2024-02-29", "2024-03-01..2024-03-01",
      ])
    #expect(try ranges("2025-01-01", "2025-12-31", .day).count == 365)
    #expect(try ranges("2025-01-01", "2025-01-01", .day) == ["2025-01-01..2025-01-01"])
    #expect(try ranges("2025-01-02", "2025-01-01", .day) == [])
  }

  @Test("weeks are seven days from the first day, the last cut at the end")
  func weeks() throws {
    #expect(
      try ranges("2025-01-01", "2025-01-16", .week) == [
        "2025-01-01..2025-01-07", "2025-01-08..2025-01-14", "2025-01-15..2025-01-16",
      ])
  }

  @Test("months are calendar months, the first and last cut")
  func months() throws {
    #expect(
      try ranges("2024-12-15", "2025-03-10", .month) == [
        "2024-12-15..2024-12-31", "2025-01-01..2025-01-31", "2025-02-01..2025-02-28",
        "2025-03-01..2025-03-10",
      ])
    #expect(
      try ranges("2025-01-31", "2025-02-28", .month) == ["2025-01-31..2025-01-31", "2025-02-01..2025-02-28"])
    #expect(try ranges("9999-12-30", "9999-12-31", .month) == ["9999-12-30..9999-12-31"])
  }

  @Test("what is written reads back as the same missions")
  func roundTrip() throws {
    let backfill = Backfill(
      from: CalendarDay("2025-01-30")!, to: CalendarDay("2025-02-02")!, mediaType: .image,
      languages: try #require(LanguageList.parse("PT,eng")))
    var text = ""
    #expect(backfill.writeCSV { text += $0 } == 4)
    #expect(
      text.hasPrefix("date_start,date_end,media_type,languages\n2025-01-30,2025-01-30,image,\"eng,pt\"\n"))
    let result = try MissionFixture.read(text)
    #expect(result.errors == [])
    #expect(result.rows.map(\.parameters) == Array(backfill))
  }

  @Test("languages are codes of two or three letters")
  func languages() {
    #expect(LanguageList.parse("pt") == ["pt"])
    #expect(LanguageList.parse("PT,eng,pt") == ["eng", "pt"])
    for text in ["", ",", "pt,", ",pt", "p", "port", "p1", "pt eng", "pt, en", "pé", "@@"] {
      #expect(LanguageList.parse(text) == nil)
    }
  }
}
