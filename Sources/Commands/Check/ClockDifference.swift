import Dates
import HTTP
import MissionCore
import Report
import S3

/// How far this machine's clock is from a server's, as the `Date` of its answer tells.
enum ClockDifference {
  /// Stores refuse signatures that are 15 minutes off; a third of that is worth a word.
  private static let worthTelling: Int64 = 5 * 60_000

  /// `, but this machine's clock is 20m 00s ahead: set it`; nothing when the clocks agree.
  static func remark(_ answer: Result<HTTPResponse, HTTPError>?, now: Timestamp) -> String {
    guard case .success(let response) = answer else { return "" }
    let theirs = response.headers["date"].flatMap(HTTPDate.milliseconds)
    return remark(theirs: theirs.map(Timestamp.init(milliseconds:)), ours: now)
  }

  static func remark(theirs: Timestamp?, ours: Timestamp) -> String {
    guard let theirs else { return "" }
    let difference = ours.milliseconds - theirs.milliseconds
    guard abs(difference) >= worthTelling else { return "" }
    let text = Humanized.duration(seconds: Double(abs(difference)) / 1000)
    return difference > 0
      ? ", but this machine's clock is \(text) ahead: set it"
      : ", but this machine's clock is \(text) behind: set it"
  }
}
