/// What becomes of a mission that was RUNNING when the process died (SPEC 6, Recovery).
public enum Recovery {
  /// From this many deaths in a row under a local step on, the mission goes behind all others.
  public static let deferredFrom = 2
  /// And from this many on it is FAILED.
  public static let failedFrom = 10

  /// - Parameter isSpooling: a result of the mission was being spooled, or is in the spool and not in the journal.
  public static func decide(_ record: MissionRecord, isSpooling: Bool) -> MissionChange {
    let wasLocalStep = isSpooling || record.checkpoint > .scrape
    let crashes = wasLocalStep ? record.crashes + 1 : record.crashes
    if crashes >= failedFrom {
      let message: Message =
        "the process died \(crashes) times in a row while this mission's result was being handled"
      return .failed(code: .internalError, cause: nil, message: message)
    }
    return .requeued(crashes: crashes, deferred: crashes >= deferredFrom)
  }

  /// Whether the result of the mission's latest start counts when it is in the spool, although the journal does not have
  /// it: the load may have begun. A start that was given up brings none.
  public static func awaitsResult(_ record: MissionRecord, _ source: SourcePolicy) -> Bool {
    let state = MissionState(record)
    return record.checkpoint == .scrape && state.mayBeAdopted && finds(state, source)
  }

  /// Of two looks the journal must say which one counts, and kept files are in the journal alone.
  static func finds(_ state: MissionState, _ source: SourcePolicy) -> Bool {
    state.firstLook == nil && !source.keepsFiles
  }
}
