import MissionCore
import Ports

/// What waits for a SQLite destination's thread.
enum SQLiteWork: Sendable {
  typealias LoadReply = @Sendable (Result<LoadOutcome, DestinationError>) -> Void

  case load(LoadRequest, LoadReply)
  /// Replies by itself.
  case other(@Sendable (SQLiteLoader) -> Void)

  /// Bytes of results that are committed together, about: larger groups hardly commit faster.
  private static let largestGroupSize: Int64 = 8 << 20

  /// How many of the first are done together: the loads that fit, or one piece of other work.
  static func countTogether(_ waiting: [SQLiteWork]) -> Int {
    var count = 0
    var size: Int64 = 0
    for case .load(let request, _) in waiting.prefix(while: \.isLoad) {
      size += request.result.size
      if count > 0, size > largestGroupSize { break }
      count += 1
    }
    return max(1, count)
  }

  private var isLoad: Bool {
    if case .load = self { return true }
    return false
  }
}
