import Testing

@testable import Schedules

@Suite("Cron expressions", .timeLimit(.minutes(1)))
struct CronExpressionTests {
  private func slots(_ text: String, after start: String, _ count: Int = 3) throws -> [String] {
    let cron = try CronExpression(text)
    var at = try label(start)
    var found: [String] = []
    while found.count < count, let next = cron.next(after: at) {
      found.append("\(next)")
      at = next
    }
    return found
  }

  private func faults(_ text: String) -> [CronFault] {
    do throws(CronFaults) {
      _ = try CronExpression(text)
      return []
    } catch { return error.faults }
  }

  @Test(
    "take numbers, names in any case, lists, ranges and steps",
    arguments: [
      ("0 2 * * *", "2026-03-10T02:00", ["2026-03-11T02:00", "2026-03-12T02:00", "2026-03-13T02:00"]),
      ("*/20 * * * *", "2026-03-10T23:41", ["2026-03-11T00:00", "2026-03-11T00:20", "2026-03-11T00:40"]),
      ("5-59/30 1 * * *", "2026-03-10T01:05", ["2026-03-10T01:35", "2026-03-11T01:05", "2026-03-11T01:35"]),
      ("0 0,12 * * *", "2026-03-10T00:00", ["2026-03-10T12:00", "2026-03-11T00:00", "2026-03-11T12:00"]),
      ("0 1 * * sat", "2026-03-10T00:00", ["2026-03-14T01:00", "2026-03-21T01:00", "2026-03-28T01:00"]),
      ("0 4 * * 0", "2026-03-10T00:00", ["2026-03-15T04:00", "2026-03-22T04:00", "2026-03-29T04:00"]),
      ("0 4 * * 7", "2026-03-10T00:00", ["2026-03-15T04:00", "2026-03-22T04:00", "2026-03-29T04:00"]),
      ("0 0 * * Fri-SUN", "2026-03-10T00:00", ["2026-03-13T00:00", "2026-03-14T00:00", "2026-03-15T00:00"]),
      ("0 0 * * 6-7", "2026-03-10T00:00", ["2026-03-14T00:00", "2026-03-15T00:00", "2026-03-21T00:00"]),
      ("0 0 1 Jan,jul *", "2026-03-10T00:00", ["2026-07-01T00:00", "2027-01-01T00:00", "2027-07-01T00:00"]),
      (
        "0 0 1 feb-dec/5 *", "2026-03-10T00:00", ["2026-07-01T00:00", "2026-12-01T00:00", "2027-02-01T00:00"]
      ),
      ("0 0 29 2 *", "2026-03-10T00:00", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]),
      ("30\t6   31 * *", "2026-03-31T06:30", ["2026-05-31T06:30", "2026-07-31T06:30", "2026-08-31T06:30"]),
    ])
  func slots(text: String, start: String, expected: [String]) throws {
    #expect(try slots(text, after: start) == expected)
    // The same the other way round.
    let cron = try CronExpression(text)
    var at = SlotLabel(minutes: try label(expected[2]).minutes + 1)
    var found: [String] = []
    for _ in 0..<3 {
      at = try #require(cron.previous(before: at))
      found.insert("\(at)", at: 0)
    }
    #expect(found == expected)
  }

  @Test("a day of month and a day of week: one is enough, both are needed where one begins with a star")
  func vixie() throws {
    // 2026-03-13 is a Friday.
    #expect(
      try slots("0 0 13 * fri", after: "2026-03-01T00:00", 4) == [
        "2026-03-06T00:00", "2026-03-13T00:00", "2026-03-20T00:00", "2026-03-27T00:00",
      ])
    #expect(
      try slots("0 0 12 * fri", after: "2026-03-01T00:00", 3) == [
        "2026-03-06T00:00", "2026-03-12T00:00", "2026-03-13T00:00",
      ])
    #expect(
      try slots("0 0 */2 * fri", after: "2026-03-01T00:00", 3) == [
        "2026-03-13T00:00", "2026-03-27T00:00", "2026-04-03T00:00",
      ])
    // Sundays, Tuesdays, Thursdays and Saturdays that are a 12th.
    #expect(
      try slots("0 0 12 * */2", after: "2026-03-01T00:00", 3) == [
        "2026-03-12T00:00", "2026-04-12T00:00", "2026-05-12T00:00",
      ])
  }

  @Test("the 29th of February on a day of the week is found across 2100, which is no leap year")
  func rare() throws {
    // 2096 is a Wednesday, 2104 a Friday, 2108 a Wednesday, 2112 a Monday, 2116 a Saturday.
    #expect(
      try slots("0 0 29 2 */3", after: "2096-02-29T00:00", 2) == ["2108-02-29T00:00", "2116-02-29T00:00"])
  }

  @Test(
    "say of each field what is wrong with it",
    arguments: [
      ("61 * * * *", [CronFault.part(.minute, "61")]),
      ("-1 24 * * *", [.part(.minute, "-1"), .part(.hour, "24")]),
      ("* * 0 * *", [.part(.dayOfMonth, "0")]),
      ("* * 32 13 8", [.part(.dayOfMonth, "32"), .part(.month, "13"), .part(.dayOfWeek, "8")]),
      ("* * * foo monday", [.part(.month, "foo"), .part(.dayOfWeek, "monday")]),
      ("* * mon * *", [.part(.dayOfMonth, "mon")]),
      (
        "1,,2 , 1-2-3 */2/2 *",
        [.part(.minute, ""), .part(.hour, ""), .part(.dayOfMonth, "1-2-3"), .part(.month, "*/2/2")]
      ),
      (
        "1- -1 +1 1.5 ?",
        [
          .part(.minute, "1-"), .part(.hour, "-1"), .part(.dayOfMonth, "+1"), .part(.month, "1.5"),
          .part(.dayOfWeek, "?"),
        ]
      ),
      (
        "17-9 22-6 * dec-jan *",
        [.reversed(.minute, "17-9"), .reversed(.hour, "22-6"), .reversed(.month, "dec-jan")]
      ),
      ("0 0 * * 5-0", [.reversed(.dayOfWeek, "5-0")]),
      (
        "*/0 */24 */x */ *",
        [.step(.minute, "*/0"), .step(.hour, "*/24"), .step(.dayOfMonth, "*/x"), .step(.month, "*/")]
      ),
      ("5/15 * * jan/2 *", [.stepOfOne(.minute, "5/15"), .stepOfOne(.month, "jan/2")]),
      ("*-5 000 * * *", [.part(.minute, "*-5"), .part(.hour, "000")]),
      ("0 0 30 feb *", [.never]), ("0 0 31 2,4,6,9,11 */2", [.never]), ("0 0 30-31 2 *", [.never]),
      ("* * * *", [.fields(4)]), ("@daily", [.fields(1)]), ("0 0 * * * *", [.fields(6)]),
      ("  ", [.fields(0)]),
    ])
  func wrong(text: String, expected: [CronFault]) {
    #expect(faults(text) == expected)
  }

  @Test(
    "come where one of two days is enough, or leap years have the day",
    arguments: ["0 0 30 2 mon", "0 0 29 2 *", "0 0 31 * *", "0 0 */30 2 *", "59 23 31 12 7"])
  func comes(text: String) {
    #expect(faults(text) == [])
  }

  @Test("every minute and every number of each field are met once, forwards and backwards")
  func exhaustive() throws {
    let cron = try CronExpression("* * * * *")
    let start = try label("2027-12-30T00:00").minutes
    for minutes in start..<(start + 3 * 1440) {
      #expect(cron.next(after: SlotLabel(minutes: minutes))?.minutes == minutes + 1)
      #expect(cron.previous(before: SlotLabel(minutes: minutes))?.minutes == minutes - 1)
    }
    for minute in 0...59 {
      #expect(
        try slots("\(minute) 5 * * *", after: "2026-01-01T05:59", 1)
          == ["2026-01-02T05:\(minute < 10 ? "0" : "")\(minute)"])
    }
    for hour in 0...23 {
      #expect(
        try slots("7 \(hour) * * *", after: "2026-01-01T23:59", 1)
          == ["2026-01-02T\(hour < 10 ? "0" : "")\(hour):07"])
    }
  }

  @Test("a minute that is asked for is the same as one of a brute search", arguments: 0..<40)
  func bruteForce(seed: Int) throws {
    // Small primes spread the numbers over the fields.
    let text =
      "\(seed % 60),\(seed * 7 % 60) \(seed % 24) \(seed % 3 == 0 ? "*" : "\(seed % 28 + 1)") * \(seed % 4 == 0 ? "\(seed % 8)" : "*")"
    let cron = try CronExpression(text)
    let start = try label("2026-01-15T12:00").minutes
    // Each minute that is a slot is the one behind the minute before it, and no other is.
    var expected: [Int] = []
    for minutes in start..<(start + 20 * 1440) {
      if cron.next(after: SlotLabel(minutes: minutes - 1))?.minutes == minutes { expected.append(minutes) }
    }
    var found: [Int] = []
    var at = SlotLabel(minutes: start - 1)
    while let next = cron.next(after: at), next.minutes < start + 20 * 1440 {
      found.append(next.minutes)
      at = next
    }
    #expect(found == expected)
    at = SlotLabel(minutes: start + 20 * 1440)
    var backwards: [Int] = []
    while let previous = cron.previous(before: at), previous.minutes >= start {
      backwards.append(previous.minutes)
      at = previous
    }
    #expect(backwards.reversed() == found)
  }

  @Test("end with the calendar")
  func ends() throws {
    #expect(try CronExpression("0 0 1 1 *").next(after: label("9999-06-01T00:00")) == nil)
    #expect(try CronExpression("0 0 1 1 *").previous(before: label("0001-01-01T00:00")) == nil)
  }
}
