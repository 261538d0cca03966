import Foundation

/// The program that starts others at a time of the test's choice.
enum FakeTime {
  static let program = "/usr/bin/faketime"
  static let isThere = access(program, X_OK) == 0 || ProcessInfo.processInfo.environment["CI"] == "true"

  /// Only what tells the date is moved: waits run on the monotonic clock, and end when they should.
  static let variables = ["FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"]

  /// What `program` is given for a start at `time`: `2026-03-10 05:00:30` in the zone of `TZ`.
  static func arguments(_ time: String, _ command: [String]) -> [String] {
    ["-f", "@\(time)", Binaries.missionControl] + command
  }
}
