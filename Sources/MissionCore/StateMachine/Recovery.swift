/// What becomes of a mission that was RUNNING when the process died (SPEC 6, Recovery).
public enum Recovery {
  /// From this many deaths in a row under a local step on, the mission goes behind all others.
  public static let deferredFrom = 2
  /// And from this many on it is FAILED.
  public static let failedFrom = 10

  /// - Parameter hasPart: a temporary file of the mission is in the spool, so a result was being spooled.
  public static func decide(_ record: MissionRecord, hasPart: Bool) -> MissionChange {
    let wasLocalStep = hasPart || record.checkpoint > .scrape
    let crashes = wasLocalStep ? record.crashes + 1 : record.crashes
    if crashes >= failedFrom {
      let message: Message =
        "the process died \(crashes) times in a row while this mission's result was being handled"
      return .failed(code: .internalError, cause: nil, message: message)
    }
    return .requeued(crashes: crashes, deferred: crashes >= deferredFrom)
  }
}
