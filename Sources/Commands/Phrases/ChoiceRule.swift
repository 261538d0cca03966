import Journal
import MissionCore

/// The rule by which a run chooses a mission or leaves it; the raw value is what JSON says.
enum ChoiceRule: String, CaseIterable {
  // Chosen.
  /// A file or a window names it, and it is not finished.
  case listed
  case underWay = "under_way"
  case putBack = "put_back"
  /// FAILED because of its surroundings.
  case outage
  /// DONE, and listed as due again.
  case due = "refresh_after"
  // Left alone.
  case done
  /// FAILED, and a person has to look.
  case failed
  case cancelled
  /// In none of the files.
  case unlisted

  /// What a run without options makes of it; pure.
  ///
  /// - Parameter verdict: nil for a mission that only a file knows.
  static func of(_ mission: MissionRecord, _ verdict: MissionVerdict?, isListed: Bool) -> ChoiceRule {
    guard let verdict else { return .listed }
    switch mission.status {
    case .done: return verdict.isChosen ? .due : .done
    case .cancelled: return .cancelled
    case .failed: return verdict.isChosen ? .outage : isListed || !isOutage(mission) ? .failed : .unlisted
    case .pending, .queued, .running:
      if !verdict.isChosen { return .unlisted }
      if verdict.isPutBack { return .putBack }
      return mission.status == .running || verdict.isUnderWay ? .underWay : .listed
    }
  }

  private static func isOutage(_ mission: MissionRecord) -> Bool {
    mission.errorCode?.isOfSurroundings ?? false
  }

  var isChosen: Bool {
    switch self {
    case .listed, .underWay, .putBack, .outage, .due: return true
    case .done, .failed, .cancelled, .unlisted: return false
    }
  }

  /// What makes a run take it: the words behind `mission-control`. Nil when nothing needs to be typed but `run`.
  func command(_ mission: MissionRecord) -> [String] {
    let id = mission.id
    switch self {
    case .listed, .underWay, .putBack, .outage, .due: return ["run"]
    case .unlisted: return ["run", "--only", "\(id)"]
    // The same bytes would meet the same object.
    case .failed where mission.errorCode == .objectDiffers: return ["rerun", "\(id)"]
    case .failed, .cancelled: return ["retry", "\(id)"]
    case .done: return ["rerun", "\(id)"]
    }
  }

  /// At which checkpoint it goes on when it is run.
  func next(_ mission: MissionRecord) -> Checkpoint? {
    switch self {
    case .done: return nil
    case .due: return .scrape
    default: return mission.checkpoint
    }
  }
}
