import Crypto
import MissionCore

/// The missions that are measured, each made from its number.
enum BenchmarkMission {
  private static let firstDay = CalendarDay("1990-01-01")!  // a valid day
  /// After so many days the next language begins.
  private static let days = 10_000

  static func parameters(_ number: Int) -> MissionParameters {
    let day = firstDay.adding(days: number % days)
    return MissionParameters(
      dateStart: day, dateEnd: day, mediaType: .video, languages: [language(number / days)])
  }

  static func id(_ parameters: MissionParameters) -> MissionID {
    MissionID(digest: SHA256.digest(of: parameters.canonicalLine()))
  }

  /// The lines of a mission file with the first `count` missions.
  static func lines(_ count: Int) -> some Sequence<String> {
    (-1..<count).lazy.map { number in
      guard number >= 0 else { return "date_start,date_end,media_type,languages\n" }
      let day = firstDay.adding(days: number % days).description
      return "\(day),\(day),video,\(language(number / days))\n"
    }
  }

  /// `aa`, `ab` and so on.
  private static func language(_ number: Int) -> String {
    String(decoding: [97 + UInt8(number / 26), 97 + UInt8(number % 26)], as: UTF8.self)
  }
}
