import Configuration
import KeyTable
import Testing

@Suite(.timeLimit(.minutes(5))) struct DurationTextTests {
  @Test(
    "durations are read with their unit",
    arguments: [
      ("250ms", Duration.milliseconds(250)), ("90s", .seconds(90)), ("5m", .seconds(300)),
      ("2h", .seconds(7200)), ("1d", .seconds(86_400)), ("0s", .zero), ("0", .zero),
      ("0.2s", .milliseconds(200)),
      ("1.5h", .seconds(5400)), ("0.000000001s", .nanoseconds(1)), ("007s", .seconds(7)),
      ("3650d", .seconds(315_360_000)),
    ])
  func units(_ text: String, _ duration: Duration) {
    #expect(DurationText.parse(text) == duration)
  }

  @Test("a bare number has the unit of its key")
  func bare() {
    #expect(DurationText.parse("100", bareUnit: .minutes) == .seconds(6000))
    #expect(DurationText.parse("30", bareUnit: .days) == .seconds(2_592_000))
    #expect(DurationText.parse("1.5", bareUnit: .seconds) == .milliseconds(1500))
    #expect(DurationText.parse("100s", bareUnit: .minutes) == .seconds(100))
  }

  @Test(
    "anything else is no duration",
    arguments: [
      "", " ", "s", "ms", "-1s", "+1s", "1 s", "1S", "1M", "1sec", "1h30m", ".5s", "1.s", "1,5s", "1e3s",
      "0x10",
      "inf", "nan", "1..5s", "3651d", "999999999999d", "99999999999999999999s", "0.0000000001s", "٣s", "1s ",
    ])
  func refused(_ text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(
    "a duration is written with its largest whole unit and reads back",
    arguments: [
      (Duration.zero, "0s"), (.milliseconds(250), "250ms"), (.milliseconds(1500), "1500ms"),
      (.seconds(90), "90s"),
      (.seconds(180), "3m"), (.seconds(7200), "2h"), (.seconds(86_400), "1d"), (.seconds(90_000), "25h"),
      (.microseconds(1250), "1.25ms"), (.nanoseconds(1), "0.000001ms"),
    ])
  func format(_ duration: Duration, _ text: String) {
    #expect(DurationText.format(duration) == text)
    #expect(DurationText.parse(text) == duration)
  }
}

@Suite(.timeLimit(.minutes(5))) struct SizeTextTests {
  @Test(
    "sizes are read with decimal and binary units",
    arguments: [
      ("0", 0), ("1", 1), ("17B", 17), ("1KB", 1000), ("64KiB", 65_536), ("100MB", 100_000_000),
      ("1MiB", 1_048_576), ("2GB", 2_000_000_000), ("4GiB", 4_294_967_296), ("1TB", 1_000_000_000_000),
      ("1TiB", 1_099_511_627_776), ("4gib", 4_294_967_296), ("9223372036854775807", .max),
    ] as [(String, Int64)])
  func units(_ text: String, _ bytes: Int64) {
    #expect(SizeText.parse(text) == bytes)
  }

  @Test(
    "anything else is no size",
    arguments: [
      "", "GiB", "-1", "+1", "1.5GiB", "1 GiB", "1G", "1k", "1PiB", "9223372036854775808", "9000000TiB",
      "٣MB",
    ])
  func refused(_ text: String) {
    #expect(SizeText.parse(text) == nil)
  }

  @Test("a size is written short and reads back")
  func format() {
    for (bytes, text) in [
      (4 << 30, "4GiB"), (65_536, "64KiB"), (100_000_000, "100MB"), (1001, "1001B"), (0, "0B"),
    ]
      as [(Int64, String)]
    {
      #expect(SizeText.format(bytes) == text)
      #expect(SizeText.parse(text) == bytes)
    }
  }
}
