import Testing

@testable import MissionCore

/// The line that a mission's id comes from, and the values in it (SOURCES 1).
@Suite(.timeLimit(.minutes(5))) struct ParameterTests {
  private func parameters(
    _ source: String, _ start: String, _ end: String, media: MediaType? = nil, languages: [String] = [],
    _ values: [String: ParameterValue] = [:]
  ) -> MissionParameters {
    MissionParameters(
      source: source, dateStart: CalendarDay(start)!, dateEnd: CalendarDay(end)!, mediaType: media,
      languages: languages,
      values: ParameterValues(values.map { ParameterValues.Entry(name: $0.key, value: $0.value) }))
  }

  @Test("the contract's five missions have its five lines")
  func lines() {
    let reag = parameters("amplis", "2025-01-02", "2025-01-02", ["tipo": .text("reag")])
    #expect(reag.canonicalLine(needsMedia: false) == "v2|amplis|2025-01-02|2025-01-02|tipo=reag")
    let plain = parameters("plain", "2025-01-01", "2025-01-31")
    #expect(plain.canonicalLine(needsMedia: false) == "v2|plain|2025-01-01|2025-01-31")
    let video = parameters(
      "default", "2025-01-01", "2025-01-01", media: .video, languages: ["pt", "ENG"], ["conta": .integer(42)])
    #expect(
      video.canonicalLine() == "v2|default|2025-01-01|2025-01-01|conta=42|languages=eng,pt|media_type=video")
    let marks = parameters("jobs", "2025-03-01", "2025-03-07", ["q": .text("a|b=c%")])
    #expect(marks.canonicalLine(needsMedia: false) == "v2|jobs|2025-03-01|2025-03-07|q=a%7Cb%3Dc%25")
    let words = parameters(
      "jobs", "2025-03-01", "2025-03-07", ["q": .text("ação"), "desde": .text("2024-02-29")])
    #expect(words.canonicalLine(needsMedia: false) == "v2|jobs|2025-03-01|2025-03-07|desde=2024-02-29|q=ação")
  }

  @Test("a worker's mission without a parameter keeps the first form, another source's does not")
  func firstForm() {
    let mission = parameters("default", "2025-01-01", "2025-01-01", media: .video, languages: ["pt"])
    #expect(mission.canonicalLine() == "v1|default|2025-01-01|2025-01-01|video|pt")
    #expect(
      mission.canonicalLine(needsMedia: false)
        == "v2|default|2025-01-01|2025-01-01|languages=pt|media_type=video")
  }

  @Test("line ends and other control characters are escaped, everything else stays as it is")
  func escapes() {
    let mission = parameters("a", "2025-01-01", "2025-01-01", ["q": .text(" a\nb\t\u{1F}\u{7F}é\u{301} ")])
    #expect(
      mission.canonicalLine(needsMedia: false)
        == "v2|a|2025-01-01|2025-01-01|q= a%0Ab%09%1F\u{7F}é\u{301} ")
  }

  @Test(
    "integers are 1 to 18 digits without leading zeros",
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-12", -12), ("999999999999999999", 999_999_999_999_999_999),
      ("+1", nil), ("01", nil), ("-01", nil), ("00", nil), ("1000000000000000000", nil), ("-", nil),
      ("1.0", nil),
      ("1 ", nil), ("١", nil),
    ] as [(String, Int64?)])
  func integers(text: String, value: Int64?) {
    #expect(ParameterType.integer.value(of: text) == value.map(ParameterValue.integer))
  }

  @Test("days are days of the calendar, and words are taken exactly")
  func daysAndWords() {
    #expect(ParameterType.date.value(of: "2024-02-29") == .text("2024-02-29"))
    #expect(ParameterType.date.value(of: "2025-02-29") == nil)
    #expect(ParameterType.words(["reag", "ação"]).value(of: "reag") == .text("reag"))
    #expect(ParameterType.words(["reag"]).value(of: "Reag") == nil)
    // The same word to the eye, other bytes.
    #expect(ParameterType.words(["\u{E9}"]).value(of: "e\u{301}") == nil)
  }

  @Test("JSON is one object sorted by name that reads back as it was")
  func json() {
    let values = parameters(
      "a", "2025-01-01", "2025-01-01", ["z": .text("\"\\\n"), "b": .integer(-5), "a_1": .text("5")]
    ).values
    #expect(values.json == #"{"a_1":"5","b":-5,"z":"\"\\\n"}"#)
    #expect(ParameterValues(json: values.json) == values)
    #expect(ParameterValues().json == "{}")
    #expect(ParameterValues(json: "{}").isEmpty && ParameterValues(json: "no JSON").isEmpty)
  }

  @Test("a mission without parameters is as large as before by one pointer")
  func size() {
    #expect(MemoryLayout<ParameterValues>.size == MemoryLayout<Int>.size)
  }
}
