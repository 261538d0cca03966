import MissionCore
import Testing

@testable import Report

@Suite("Text for people", .timeLimit(.minutes(5)))
struct TextTests {
  @Test(
    "counts are grouped",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12_345, "-12,345")])
  func counts(value: Int, expected: String) { #expect(Humanized.count(value) == expected) }

  @Test(
    "bytes take the unit that fits",
    arguments: [
      (Int64(0), "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1434, "1.4 KiB"), (1_048_575, "1 MiB"),
      (20_971_520, "20 MiB"), (4_294_967_296, "4 GiB"), (Int64.max, "8 EiB"),
    ])
  func bytes(value: Int64, expected: String) { #expect(Humanized.bytes(value) == expected) }

  @Test(
    "durations take the unit that fits",
    arguments: [
      (0.0, "0 s"), (0.0001, "1 ms"), (0.045, "45 ms"), (0.9996, "1 s"), (1.44, "1.4 s"), (59.96, "1m 00s"),
      (725, "12m 05s"), (11_220, "3h 07m"), (187_200, "2d 04h"), (-1, "-"), (.infinity, "-"),
    ])
  func durations(seconds: Double, expected: String) {
    #expect(Humanized.duration(seconds: seconds) == expected)
  }

  @Test(
    "slow rates are told per minute or hour",
    arguments: [(12.0, "12/s"), (1.49, "1.5/s"), (0.05, "3/min"), (0.001, "3.6/h"), (0, "0/s")])
  func rates(value: Double, expected: String) { #expect(Humanized.rate(perSecond: value) == expected) }

  @Test("a hundred per cent means nothing is left")
  func percent() {
    #expect(Humanized.percent(999, of: 1000) == "99%")
    #expect(Humanized.percent(1000, of: 1000) == "100%")
    #expect(Humanized.percent(0, of: 0) == "0%")
  }

  @Test(
    "text is measured and cut by display columns",
    arguments: [
      ("hello", 5, "hello"), ("hello", 4, "hel…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
      ("e\u{301}te\u{301}", 3, "e\u{301}te\u{301}"), ("ab", 1, "…"), ("ab", 0, ""),
    ])
  func truncation(text: String, width: Int, expected: String) {
    let cut = DisplayColumns.truncate(text, to: width)
    #expect(cut == expected)
    #expect(DisplayColumns.count(of: cut) <= width)
  }

  @Test("a table aligns by columns and leaves no space at the end of a line")
  func table() {
    var table = TextTable([.left, .right, .left])
    table.add(["日本", "1", "x"])
    table.add(["abcdef", "100", ""])
    #expect(table.lines(indent: 1) == [" 日本      1  x", " abcdef  100"])
  }
}
