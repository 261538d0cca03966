import HTTP
import MissionCore
import Report

/// How far this machine's clock is from a server's, as the `Date` of its answer tells.
enum ClockDifference {
  /// Stores refuse signatures that are 15 minutes off; a third of that is worth a word.
  private static let worthTelling: Int64 = 5 * 60_000

  /// `, but this machine's clock is 20m 00s ahead: set it`; nothing when the clocks agree.
  static func remark(theirs: Timestamp?, ours: Timestamp) -> Message {
    guard let theirs else { return "" }
    let difference = ours.milliseconds - theirs.milliseconds
    guard abs(difference) >= worthTelling else { return "" }
    let text = Humanized.duration(seconds: Double(abs(difference)) / 1000)
    return difference > 0
      ? ", but this machine's clock is \(text) ahead: set it"
      : ", but this machine's clock is \(text) behind: set it"
  }
}
