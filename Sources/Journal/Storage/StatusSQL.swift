import MissionCore

/// Statuses and checkpoints in SQL text, by name: their numbers stand in `StoredCodes` alone.
extension DefaultStringInterpolation {
  /// `status IN (4, 5)` for `\(is: .failed, .cancelled)`, `status = 4` for one alone.
  mutating func appendInterpolation(is statuses: MissionStatus...) {
    let numbers = statuses.map { String($0.stored) }
    appendLiteral(
      numbers.count == 1 ? "status = \(numbers[0])" : "status IN (\(numbers.joined(separator: ", ")))")
  }

  /// `4` for `\(status: .failed)`.
  mutating func appendInterpolation(status: MissionStatus) { appendInterpolation(status.stored) }

  /// `205` for `\(code: .resultSuspicious)`.
  mutating func appendInterpolation(code: ErrorCode) { appendInterpolation(code.stored) }

  /// `1` for `\(checkpoint: .db)`.
  mutating func appendInterpolation(checkpoint: Checkpoint) { appendInterpolation(checkpoint.stored) }
}
