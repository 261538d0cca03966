import Foundation
import Testing

/// What the environment asks of the sweeps.
enum CrashVariables {
  private static let variables = ProcessInfo.processInfo.environment

  /// `CRASH_SWEEP=all`: every course instead of a share.
  static let playsAll = variables["CRASH_SWEEP"] == "all"
  /// All courses take hours.
  static let limit = TimeLimitTrait.Duration.minutes(playsAll ? 24 * 60 : 30)
  /// `CRASH_SWEEP_SEED`: of the share that is drawn.
  static let seed = variables["CRASH_SWEEP_SEED"].flatMap { UInt64($0) } ?? 20_250_101
  /// `CRASH_COURSE=0:journal.commit.after:3,0:recovery.requeue.before:1`.
  static let course = variables["CRASH_COURSE"]
  /// Where strace is missing the sweep is skipped, but in CI it must fail.
  static let mayTrace = access("/usr/bin/strace", X_OK) == 0 || variables["CI"] != nil
}
