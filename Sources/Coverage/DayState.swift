/// How a day of a slice stands (TRUST 2). The raw values are the contract's words, in its order.
package enum DayState: String, CaseIterable, Sendable {
  /// Scraped, loaded and stored, with records.
  case done
  /// The same, without a record.
  case empty
  /// The same, with fewer records than its like had before.
  case suspicious
  case failed
  /// By a person.
  case cancelled
  /// Known and not begun, or named by a file and not known yet.
  case pending
  case running
  /// No mission covers it.
  case missing
  /// The journal says that it is done, but its ledger row or its object is gone.
  case lost

  /// Several missions may cover a day: the first of these that one of them has counts. What is lost is told before
  /// what failed or was cancelled, since only it was there once.
  static let bestFirst: [DayState] = [
    .done, .suspicious, .empty, .running, .pending, .lost, .failed, .cancelled,
  ]

  /// A person has something to do: to run it, or to look at it.
  package var needsPerson: Bool { needsRepair || self == .suspicious }

  /// Something has to be run before the day is there.
  package var needsRepair: Bool {
    switch self {
    case .done, .empty, .suspicious, .cancelled: return false
    case .failed, .pending, .running, .missing, .lost: return true
    }
  }
}
