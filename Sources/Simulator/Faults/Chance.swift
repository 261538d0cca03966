/// Failures at a rate, decided by the seed and by what is tried, never by the time: the same requests in
/// the same order fail in the same way in every run.
///
/// A session is known by its worker and its number on that worker (from 1); a job by its mission's
/// parameters and by which start of that mission it is (from 1), so a job's fate does not depend on the
/// worker that it happened to land on.
struct Chance: Sendable {
  let seed: UInt64
  /// 0...1.
  let sessionFailures: Double
  let jobFailures: Double

  /// The phase that a session ends in.
  func sessionFate(worker: Int, number: Int) -> SessionFate {
    var draw = SplitMix(seed: seed, "session", String(worker), String(number))
    guard draw.fraction() < sessionFailures else { return .ready }
    return [.ends("stuck"), .ends("disconnected"), .ends("terminated"), .neverReady][draw.below(4)]
  }

  func jobFate(mission: String, attempt: Int) -> JobFate {
    var draw = SplitMix(seed: seed, "job", mission, String(attempt))
    guard draw.fraction() < jobFailures else { return .completes }
    return .ends(["failed", "cancelled", "paused"][draw.below(3)])
  }

  /// How long a job takes, drawn from `range`.
  func jobTime(mission: String, attempt: Int, from range: ClosedRange<Duration>) -> Duration {
    guard range.lowerBound < range.upperBound else { return range.lowerBound }
    var draw = SplitMix(seed: seed, "time", mission, String(attempt))
    return range.lowerBound + (range.upperBound - range.lowerBound) * draw.fraction()
  }
}
