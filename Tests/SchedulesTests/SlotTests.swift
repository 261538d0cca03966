import Dates
import MissionCore
import Testing

@testable import Schedules

@Suite("Slots of a schedule", .timeLimit(.minutes(1)))
struct SlotTests {
  private func told(_ slots: [Slot]) -> [String] { slots.map { "\($0.label) \($0.moment)" } }

  @Test("come at the zone's own hour, summer and winter")
  func seasons() throws {
    let lisbon = try schedule("0 2 * * *", "Europe/Lisbon")
    #expect(
      told(lisbon.next(after: try moment("2026-01-10T12:00Z"), count: 1)) == [
        "2026-01-11T02:00 2026-01-11T02:00:00.000Z"
      ])
    #expect(
      told(lisbon.next(after: try moment("2026-07-10T12:00Z"), count: 1)) == [
        "2026-07-11T02:00 2026-07-11T01:00:00.000Z"
      ])
    let paulo = try schedule("0 2 * * *", "America/Sao_Paulo")
    #expect(
      told(paulo.next(after: try moment("2026-07-10T04:59:59Z"), count: 2)) == [
        "2026-07-10T02:00 2026-07-10T05:00:00.000Z", "2026-07-11T02:00 2026-07-11T05:00:00.000Z",
      ])
  }

  @Test("that the clocks are put forward over come once, at the end of the gap, under their own label")
  func gap() throws {
    // New York, 8 March 2026: 02:00 to 03:00 are left out at 07:00 UTC.
    let half = try schedule("30 2 * * *", "America/New_York")
    #expect(
      told(half.next(after: try moment("2026-03-07T12:00Z"), count: 2)) == [
        "2026-03-08T02:30 2026-03-08T07:00:00.000Z", "2026-03-09T02:30 2026-03-09T06:30:00.000Z",
      ])
    let hourly = try schedule("0 * * * *", "America/New_York")
    #expect(
      told(hourly.next(after: try moment("2026-03-08T06:00Z"), count: 3)) == [
        "2026-03-08T02:00 2026-03-08T07:00:00.000Z", "2026-03-08T03:00 2026-03-08T07:00:00.000Z",
        "2026-03-08T04:00 2026-03-08T08:00:00.000Z",
      ])
    // Both of one moment are the latest.
    #expect(
      hourly.latest(until: try moment("2026-03-08T07:30Z")).map { "\($0.label)" } == [
        "2026-03-08T02:00", "2026-03-08T03:00",
      ])
    // São Paulo, 4 November 2018: midnight is left out.
    let midnight = try schedule("0 0 * * *", "America/Sao_Paulo")
    #expect(
      told(midnight.next(after: try moment("2018-11-03T12:00Z"), count: 2)) == [
        "2018-11-04T00:00 2018-11-04T03:00:00.000Z", "2018-11-05T00:00 2018-11-05T02:00:00.000Z",
      ])
    // Apia left out the whole 30 December 2011.
    let apia = try schedule("0 12 * * *", "Pacific/Apia")
    #expect(
      told(apia.next(after: try moment("2011-12-29T23:00Z"), count: 2)) == [
        "2011-12-30T12:00 2011-12-30T10:00:00.000Z", "2011-12-31T12:00 2011-12-30T22:00:00.000Z",
      ])
  }

  @Test("of an hour that comes twice come once, the first time")
  func repeated() throws {
    // New York, 1 November 2026: 01:00 to 02:00 come at 05:00 and at 06:00 UTC.
    let quarters = try schedule("*/30 1 * * *", "America/New_York")
    #expect(
      told(quarters.next(after: try moment("2026-10-31T12:00Z"), count: 3)) == [
        "2026-11-01T01:00 2026-11-01T05:00:00.000Z", "2026-11-01T01:30 2026-11-01T05:30:00.000Z",
        "2026-11-02T01:00 2026-11-02T06:00:00.000Z",
      ])
    // In the second hour, and at its beginning, nothing comes again.
    for text in ["2026-11-01T06:00Z", "2026-11-01T06:10Z", "2026-11-01T06:45Z"] {
      #expect(quarters.next(after: try moment(text), count: 1).map { "\($0.label)" } == ["2026-11-02T01:00"])
      #expect(quarters.latest(until: try moment(text)).map { "\($0.label)" } == ["2026-11-01T01:30"])
    }
    // What is behind the repeated hour comes when the clocks show it at last.
    let hourly = try schedule("0 * * * *", "America/New_York")
    #expect(
      told(hourly.next(after: try moment("2026-11-01T04:00Z"), count: 3)) == [
        "2026-11-01T01:00 2026-11-01T05:00:00.000Z", "2026-11-01T02:00 2026-11-01T07:00:00.000Z",
        "2026-11-01T03:00 2026-11-01T08:00:00.000Z",
      ])
    // São Paulo, 18 February 2018: midnight became 23:00 of the day before.
    let late = try schedule("30 23 * * *", "America/Sao_Paulo")
    #expect(
      told(late.next(after: try moment("2018-02-17T12:00Z"), count: 2))
        == [
          "2018-02-17T23:30 2018-02-18T01:30:00.000Z", "2018-02-19T23:30 2018-02-20T02:30:00.000Z",
        ].enumerated().map { $0.offset == 1 ? "2018-02-18T23:30 2018-02-19T02:30:00.000Z" : $0.element })
    let midnight = try schedule("0 0 * * *", "America/Sao_Paulo")
    #expect(
      told(midnight.next(after: try moment("2018-02-17T12:00Z"), count: 1)) == [
        "2018-02-18T00:00 2018-02-18T03:00:00.000Z"
      ])
  }

  @Test(
    "the first moment that shows a local time is what a walk over all minutes finds",
    arguments: [
      "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
      "UTC",
    ])
  func walked(name: String) throws {
    let zone = try zone(name)
    for (from, days) in [
      ("2011-12-28T00:00Z", 6), ("2018-02-16T00:00Z", 4), ("2018-11-02T00:00Z", 4),
      ("2026-03-06T00:00Z", 26), ("2026-10-03T00:00Z", 32), ("2060-03-12T00:00Z", 30),
    ] {
      let start = try moment(from).wholeSeconds
      var shown = Int64.min
      for seconds in stride(from: start, to: start + Int64(days) * 86_400, by: 60) {
        let local = seconds + Int64(zone.offset(at: seconds))
        // The walk's first minutes do not know what was shown before it.
        if local > shown, seconds > start + 2 * 86_400 {
          #expect(zone.firstMoment(showing: local) == seconds, "\(name) \(local)")
          if shown > Int64.min, local > shown + 60 {
            #expect(zone.firstMoment(showing: shown + 60) == seconds, "\(name) gap \(local)")
          }
        }
        shown = max(shown, local)
        if seconds > start + 2 * 86_400 { #expect(zone.latestShown(until: seconds) / 60 == shown / 60) }
      }
    }
  }

  @Test("make missions of their days, with the slot among the parameters")
  func missions() throws {
    var nightly = try schedule("0 2 * * *", "America/Sao_Paulo")
    nightly.source = "harvest"
    nightly.days = try #require(SlotDays("-7d..yesterday"))
    nightly.parameters = [
      MissionWindow.Parameter(name: "tipo", values: [.text("reag"), .text("master")]),
      MissionWindow.Parameter(name: "conta", values: [.integer(1), .integer(2)]),
    ]
    #expect(nightly.missionsPerSlot == 4)
    let made = nightly.missions(of: try label("2026-03-10T02:00"))
    #expect(
      made.map(\.values.list) == [
        "conta=1, slot=2026-03-10T02:00, tipo=reag", "conta=2, slot=2026-03-10T02:00, tipo=reag",
        "conta=1, slot=2026-03-10T02:00, tipo=master", "conta=2, slot=2026-03-10T02:00, tipo=master",
      ])
    #expect(
      made.allSatisfy { "\($0.dateStart) \($0.dateEnd) \($0.source)" == "2026-03-03 2026-03-09 harvest" })
    #expect(
      made[0].canonicalLine(needsMedia: false)
        == "v2|harvest|2026-03-03|2026-03-09|conta=1|slot=2026-03-10T02:00|tipo=reag")
    nightly.parameters = []
    nightly.days = .today
    let one = nightly.missions(of: try label("2026-01-01T00:00"))
    #expect(one.map { "\($0.dateStart) \($0.dateEnd)" } == ["2026-01-01 2026-01-01"])
  }

  @Test(
    "count their days from their own",
    arguments: [
      ("today", "today"), ("yesterday", "yesterday"), ("-3d", "-3d"), ("-7d..yesterday", "-7d..yesterday"),
      ("-1d..today", "yesterday..today"), ("-2d..-2d", "-2d"),
    ])
  func days(text: String, shown: String) throws {
    #expect("\(try #require(SlotDays(text)))" == shown)
  }

  @Test(
    "take no other days",
    arguments: [
      "", "tomorrow", "2026-03-10", "yesterday..-7d", "..today", "today..", "-7d...today", "-7d.today", "-d",
      "2026-01-01..today", "-7d..yesterday..today", "+1d",
    ])
  func noDays(text: String) {
    #expect(SlotDays(text) == nil)
  }

  @Test("have labels as their calendar writes them")
  func labels() throws {
    for text in [
      "1970-01-01T00:00", "1969-12-31T23:59", "2026-03-10T02:05", "0001-01-01T00:00", "9999-12-31T23:59",
    ] {
      #expect("\(try label(text))" == text)
    }
  }
}
