import Foundation
import Testing

@testable import Dates

private typealias Zone = Dates.TimeZone
private typealias SystemZone = Foundation.TimeZone

@Suite("Time zones of the system's database", .timeLimit(.minutes(2)))
struct TimeZoneTests {
  private static func zone(_ name: String) throws -> Zone {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try #require(Zone(name: name, file: Array(data)))
  }

  @Test(
    "have at each moment the offset that another reader of the database finds",
    arguments: [
      "America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "Europe/Dublin", "Asia/Beirut",
      "Pacific/Apia",
      "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Asuncion", "Atlantic/Azores",
      "Asia/Gaza",
      "America/Havana",
    ])
  func offsets(name: String) throws {
    let zone = try Self.zone(name)
    let other = try #require(SystemZone(identifier: name))
    // Each seventh hour of 1971 to 2036, so that every hour of the day is met.
    for seconds in stride(from: Int64(31_536_000), to: 2_082_758_400, by: 7 * 3600) {
      let expected = other.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
      let found = zone.offset(at: seconds)
      guard found != expected else { continue }
      Issue.record("\(name) at \(seconds): \(found), not \(expected)")
      return
    }
  }

  @Test("go on by their rule behind the last change that the file lists")
  func rules() throws {
    // 2100: 14 March is the second Sunday of March, 7 November the first one of November.
    let zone = try Self.zone("America/New_York")
    func seconds(_ month: Int, _ day: Int, _ hour: Int) throws -> Int64 {
      Int64(try #require(GregorianDay.number(year: 2100, month: month, day: day)) * 86_400 + hour * 3600)
    }
    #expect(try zone.offset(at: seconds(3, 14, 7) - 1) == -5 * 3600)
    #expect(try zone.offset(at: seconds(3, 14, 7)) == -4 * 3600)
    #expect(try zone.offset(at: seconds(11, 7, 6) - 1) == -4 * 3600)
    #expect(try zone.offset(at: seconds(11, 7, 6)) == -5 * 3600)
  }

  @Test("begin a day later than midnight where the clocks are put forward at midnight")
  func dayWithoutMidnight() throws {
    // São Paulo, 4 November 2018: after 23:59:59 came 01:00:00.
    let zone = try Self.zone("America/Sao_Paulo")
    let day = try #require(GregorianDay.number(year: 2018, month: 11, day: 4))
    let start = zone.start(ofDay: day)
    #expect(start == Int64(day) * 86_400 + 3 * 3600)
    #expect(zone.offset(at: start) == -2 * 3600)
    #expect(zone.day(at: start - 1) == day - 1)
    #expect(zone.day(at: start) == day)
    // The day that follows has its midnight, an hour earlier by UTC.
    #expect(zone.start(ofDay: day + 1) == Int64(day + 1) * 86_400 + 2 * 3600)
  }

  @Test("know the day that a calendar left out, and those of 23 and 25 hours")
  func oddDays() throws {
    // Samoa went over the date line: 30 December 2011 never was.
    let apia = try Self.zone("Pacific/Apia")
    let missing = try #require(GregorianDay.number(year: 2011, month: 12, day: 30))
    #expect(apia.start(ofDay: missing) == apia.start(ofDay: missing + 1))
    let lisbon = try Self.zone("Europe/Lisbon")
    func length(_ month: Int, _ day: Int) throws -> Int64 {
      let day = try #require(GregorianDay.number(year: 2025, month: month, day: day))
      return lisbon.start(ofDay: day + 1) - lisbon.start(ofDay: day)
    }
    #expect(try length(3, 30) == 23 * 3600)
    #expect(try length(10, 26) == 25 * 3600)
    #expect(try length(7, 1) == 24 * 3600)
  }

  @Test("of UTC are the days of UTC, before 1970 too")
  func utc() {
    #expect(Zone.utc.day(at: 86_399) == 0)
    #expect(Zone.utc.day(at: 86_400) == 1)
    #expect(Zone.utc.day(at: -1) == -1)
    #expect(Zone.utc.day(at: -86_401) == -2)
    #expect(Zone.utc.start(ofDay: -5) == -5 * 86_400)
  }

  @Test(
    "have rules of every form",
    arguments: [
      ("<-03>3", 0, -3 * 3600), ("EST5EDT,M3.2.0,M11.1.0", 0, -5 * 3600), ("<+0530>-5:30", 0, 19_800),
      // Summer all year long, as RFC 9636 writes it.
      ("EST5EDT,0/0,J365/25", 1_700_000_000, -4 * 3600),
      // South of the equator: the summer goes over the year's end.
      ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_704_067_200, 13 * 3600),
      ("NZST-12NZDT,M9.5.0,M4.1.0/3", 1_718_000_000, 43_200),
      // 60 is 1 March, in leap years too.
      ("AAA0BBB,J60/0,J61/0", 1_709_251_200, 3600), ("AAA0BBB,J60/0,J61/0", 1_709_251_199, 0),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 1_711_846_800, -3600),
    ])
  func forms(text: String, at seconds: Int64, expected: Int) throws {
    #expect(try #require(ZoneRule(text)).offset(at: seconds) == expected)
  }

  @Test(
    "refuse what is no rule",
    arguments: [
      "", "E5", "EST", "EST5EDT,M3", "EST5EDT,M13.1.0,M1.1.0", "EST5EDT,M3.2.0", "EST5x", "<-033", "EST999",
      "EST5EDT",
      "EST5EDT,M3.2.0/,M11.1.0", "EST5EDT,M3.2.0,M11.1.0,",
    ])
  func noRule(text: String) { #expect(ZoneRule(text) == nil) }

  @Test("refuse a file that is cut short anywhere, and one of another kind")
  func damaged() throws {
    let data = Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Lisbon")))
    for length in 0..<data.count {
      #expect(Zone(name: "x", file: Array(data[..<length])) == nil, "\(length) bytes")
    }
    #expect(Zone(name: "x", file: Array("time zone".utf8)) == nil)
  }
}
