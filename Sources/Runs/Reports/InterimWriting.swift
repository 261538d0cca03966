import Report
import Synchronization
import Threads

/// Writes something about a run again and again while it works: at its pace, on a thread of its own, never twice
/// at once.
final class InterimWriting: Sendable {
  private struct State {
    var pace: ReportPace
    var isWriting = false
  }

  private let state: Monitor<State>
  private let now = Moment.stopwatch()
  private let isStopping = Atomic(false)

  /// What is written now is wanted no more: something better is about to replace it.
  var isStopped: Bool { isStopping.load(ordering: .relaxed) }

  init(interval: Duration) { state = Monitor(State(pace: ReportPace(now: .zero, interval: interval))) }

  /// Starts `body` at once, unless it is still at the last one.
  func start(_ body: @escaping @Sendable () -> Void) throws(ThreadFailure) {
    let mayWrite = state.withLock { state in
      if state.isWriting { return false }
      state.isWriting = true
      return true
    }
    guard mayWrite else { return }
    do throws(ThreadFailure) {
      try OwnedThread.start { [self] in
        let began = now()
        body()
        noteWritten(began: began)
      }
    } catch {
      // `stop` must not wait for what never began.
      noteWritten(began: now())
      throw error
    }
  }

  func startWhenDue(_ body: @escaping @Sendable () -> Void) throws(ThreadFailure) {
    let now = now()
    if state.withLock({ $0.pace.isDue(now: now) && !$0.isWriting }) { try start(body) }
  }

  private func noteWritten(began: Duration) {
    state.change { state in
      state.pace.noteWritten(began: began, ended: now())
      state.isWriting = false
    }
  }

  /// Waits for the one under way, which may give up, and lets no other begin, so that none can replace what is
  /// written at the end.
  func stop() {
    isStopping.store(true, ordering: .relaxed)
    state.wait { state -> Void? in
      if state.isWriting { return nil }
      state.isWriting = true
      return ()
    }
  }
}
