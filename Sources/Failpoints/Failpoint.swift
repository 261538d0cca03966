/// Named moments at which a test build can be made to die, one before and one after every durable or external
/// effect.
///
/// In a debug build `MISSION_CONTROL_FAILPOINT=name:nth` kills the process at the `nth` time that it comes to the
/// point `name`, as `kill -9` would; `MISSION_CONTROL_FAILPOINT_RECORD=file` appends the name of each point that
/// it comes to. In a release build nothing is left of them, not even their names.
public enum Failpoint {
  /// The process is about to do, or has just done, what `name` says: `journal.commit.before`.
  @inlinable @inline(__always)
  public static func reach(_ name: StaticString) {
    #if FAILPOINTS
      FailpointPlan.current?.reach(name)
    #endif
  }
}
