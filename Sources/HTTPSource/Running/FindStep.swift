import MissionCore

/// What follows from an answer to `find`.
enum FindStep: Hashable {
  /// The first of the mission's jobs; the others are too many.
  case adopt(AnsweredJob, others: [AnsweredJob])
  /// There surely is none: the start is sent again.
  case repeatStart
  case askAgain
  /// The API does not take us.
  case setAside(SourceFailure)
  /// The answer to the start is lost still.
  case giveUp(SourceFailure)

  /// A job may be listed a moment after it was started, so that only the last answer without any says that there is none.
  ///
  /// - Parameters:
  ///   - found: jobs that no earlier start had.
  ///   - asked: how often, this time included.
  static func after(
    _ found: Result<[AnsweredJob], SourceFailure>, asked: Int, of times: Int
  ) -> FindStep {
    switch found {
    case .success(let jobs):
      if let first = jobs.first { return .adopt(first, others: Array(jobs.dropFirst())) }
      return asked < times ? .askAgain : .repeatStart
    case .failure(let failure):
      if failure.kind == .unavailable { return .setAside(failure) }
      return asked < times ? .askAgain : .giveUp(failure)
    }
  }
}
