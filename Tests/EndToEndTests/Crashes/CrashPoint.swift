/// Where a run is to be killed.
struct CrashPoint: Sendable, Hashable, CustomStringConvertible {
  /// The phase of the scenario.
  let phase: Int
  /// A failpoint.
  let name: String
  /// At which of its hits, from 1.
  let nth: Int

  var description: String { "\(phase):\(name):\(nth)" }
}

/// How often a run came to each failpoint.
typealias FailpointCounts = [String: Int]

extension FailpointCounts {
  /// From the file of `MISSION_CONTROL_FAILPOINT_RECORD`.
  init(record: String) {
    self.init()
    for name in record.split(separator: "\n") { self[String(name), default: 0] += 1 }
  }

  /// The first, the second and the last hit of each.
  func points(ofPhase phase: Int) -> [CrashPoint] {
    sorted { $0.key < $1.key }.flatMap { name, count in
      Set([1, Swift.min(2, count), count]).sorted().map { CrashPoint(phase: phase, name: name, nth: $0) }
    }
  }
}
