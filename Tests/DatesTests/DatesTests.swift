import Dates
import Testing

@Suite("days, dates of protocols and Retry-After", .timeLimit(.minutes(5)))
struct DatesTests {
  @Test("days and their numbers are each other's inverse, before 1970 and over leap years")
  func days() {
    #expect(GregorianDay.number(year: 1970, month: 1, day: 1) == 0)
    #expect(GregorianDay.number(year: 1, month: 1, day: 1) == -719_162)
    #expect(GregorianDay.number(year: 9999, month: 12, day: 31) == 2_932_896)
    for number in stride(from: -719_162, through: 2_932_896, by: 37) {
      let (year, month, day) = GregorianDay.components(number)
      #expect(GregorianDay.number(year: year, month: month, day: day) == number)
    }
    for (year, month, day) in [
      (2025, 2, 29), (1900, 2, 29), (2025, 4, 31), (2025, 13, 1), (2025, 0, 1), (2025, 1, 0), (0, 1, 1),
      (10_000, 1, 1),
    ] { #expect(GregorianDay.number(year: year, month: month, day: day) == nil, "\(year)-\(month)-\(day)") }
    #expect(GregorianDay.number(year: 2000, month: 2, day: 29) != nil)
  }

  @Test("a date of HTTP is written as it is read")
  func httpDates() {
    for (text, seconds) in [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Fri, 24 May 2013 00:00:00 GMT", 1_369_353_600), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
    ] as [(String, Int64)] {
      #expect(HTTPDate.milliseconds(text) == seconds * 1000)
      #expect(HTTPDate.text(secondsSince1970: seconds) == text)
    }
    #expect(
      HTTPDate.milliseconds("Fri, 31 Dec 9999 23:59:60 GMT") == 253_402_300_799_000,
      "a leap second counts as the one before it")
  }

  @Test(
    "what is no date of HTTP, or no moment, is none",
    arguments: [
      "", "tomorrow", "x x x x x GMT", "Fri, 24 Mai 2013 00:00:00 GMT", "Fri, 24 May 2013 25:00:00 GMT",
      "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
      "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 24:00:00 GMT",
      "Sun, 06 Nov 1994 00:-1:00 GMT", "Sun, 06 Nov 1994 9223372036854775807:0:0 GMT",
      "Tue, 30 Feb 2023 22:14:20 GMT", "Wed, 31 Dec 1969 23:59:59 GMT", "Sat, 01 Jan 10000 00:00:00 GMT",
    ])
  func noHTTPDate(text: String) { #expect(HTTPDate.milliseconds(text) == nil) }

  @Test("the basic form of ISO 8601 is written as it is read")
  func basicDates() {
    for (text, seconds) in [
      ("20130524T000000Z", 1_369_353_600), ("20150830T123600Z", 1_440_938_160),
      ("20240229T235959Z", 1_709_251_199), ("99991231T235959Z", 253_402_300_799),
    ] as [(String, Int64)] {
      #expect(BasicDate.text(secondsSince1970: seconds) == text)
      #expect(BasicDate.seconds(text) == seconds)
    }
    for text in ["", "20130524T0000Z", "20130524 000000Z", "20130524T240000Z", "20130230T000000Z"] {
      #expect(BasicDate.seconds(text) == nil, "\(text)")
    }
  }

  @Test("a moment before 1970 belongs to the day it is in")
  func before1970() {
    #expect(HTTPDate.text(secondsSince1970: -1) == "Wed, 31 Dec 1969 23:59:59 GMT")
    #expect(BasicDate.text(secondsSince1970: -86_400) == "19691231T000000Z")
  }

  @Test(
    "Retry-After is seconds or a date, never negative, and not more than a day",
    arguments: [
      ("120", 120), ("0", 0), ("99999999", 86_400), ("Tue, 14 Nov 2023 22:14:20 GMT", 60),
      ("Tue, 14 Nov 2023 22:12:20 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400), ("-5", nil),
      ("soon", nil), ("", nil), ("1.5", nil), ("9223372036854775807", 86_400),
    ] as [(String, Int?)])
  func retryAfter(text: String, seconds: Int?) {
    #expect(
      RetryAfter.duration(text, nowMilliseconds: 1_700_000_000_000) == seconds.map { .seconds($0) })
  }
}
