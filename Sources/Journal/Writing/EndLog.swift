import Synchronization

/// A mission of the run that is followed came to its end, or was put back after it had.
public struct MissionEnd: Hashable, Sendable {
  /// The mission's number in the journal, for `JournalReader.missions(numbers:)`.
  public let number: Int64
  /// False when it was put back.
  public let isEnded: Bool

  public init(number: Int64, isEnded: Bool) {
    self.number = number
    self.isEnded = isEnded
  }
}

/// Ends that wait for whoever follows them; shared with the journal's thread.
final class MissionEnds: Sendable {
  private let waiting = Mutex<[MissionEnd]>([])

  func add(_ ends: [MissionEnd]) { waiting.withLock { $0 += ends } }

  func take() -> [MissionEnd] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}

/// Notes the ends of one run's missions, and tells of them once they are durable.
struct EndLog {
  let run: Int64
  let ends: MissionEnds
  private var ofTransaction: [MissionEnd] = []

  init(run: Int64, ends: MissionEnds) {
    self.run = run
    self.ends = ends
  }

  mutating func note(_ old: JournaledState, _ new: JournaledState) {
    guard new.run == run, old.status.isFinished != new.status.isFinished else { return }
    ofTransaction.append(MissionEnd(number: new.number, isEnded: new.status.isFinished))
  }

  /// After the commit.
  mutating func publish() {
    guard !ofTransaction.isEmpty else { return }
    ends.add(ofTransaction)
    ofTransaction.removeAll(keepingCapacity: true)
  }

  /// After a rollback.
  mutating func forget() { ofTransaction.removeAll(keepingCapacity: true) }
}
