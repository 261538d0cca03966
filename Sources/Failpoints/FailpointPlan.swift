#if FAILPOINTS
  import Glibc
  import Synchronization

  /// What the environment asks of the failpoints of this process.
  public final class FailpointPlan: Sendable {
    /// Nil when nothing is asked, as ever outside of tests. Read once.
    public static let current: FailpointPlan? = fromEnvironment()

    private let name: String?
    private let nth: Int
    private let reached = Atomic(0)
    /// Where the names go; -1 for nowhere. Open until the process ends.
    private let record: Int32

    private init(name: String?, nth: Int, record: Int32) {
      self.name = name
      self.nth = nth
      self.record = record
    }

    private static func fromEnvironment() -> FailpointPlan? {
      let point = getenv("MISSION_CONTROL_FAILPOINT").map { String(cString: $0) }
      let file = getenv("MISSION_CONTROL_FAILPOINT_RECORD").map { String(cString: $0) }
      guard point != nil || file != nil else { return nil }
      let record = file.map { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) } ?? -1
      precondition(file == nil || record >= 0, "MISSION_CONTROL_FAILPOINT_RECORD cannot be written")
      guard let point else { return FailpointPlan(name: nil, nth: 0, record: record) }
      guard let colon = point.lastIndex(of: ":"), let nth = Int(point[point.index(after: colon)...]) else {
        preconditionFailure("MISSION_CONTROL_FAILPOINT must be name:nth")
      }
      return FailpointPlan(name: String(point[..<colon]), nth: nth, record: record)
    }

    /// Kills the process when the plan says so of this visit.
    public func reach(_ point: StaticString) {
      let text = "\(point)\n"
      // One write of a few bytes to a file in append mode is whole, whatever other threads write.
      if record >= 0 { _ = text.withCString { write(record, $0, strlen($0)) } }
      guard let name, text.dropLast() == name else { return }
      guard reached.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue == nth else { return }
      kill(getpid(), SIGKILL)
      // The signal comes before the call returns; nothing may happen in case it did not.
      while true { pause() }
    }
  }
#endif
