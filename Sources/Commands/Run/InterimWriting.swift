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

  private let state: Mutex<State>
  private let isStopping = Atomic(false)

  /// What is written now is wanted no more: something better is about to replace it.
  var isStopped: Bool { isStopping.load(ordering: .relaxed) }

  init(interval: Duration) { state = Mutex(State(pace: ReportPace(now: Self.now, interval: interval))) }

  private static var now: Duration { .nanoseconds(MonotonicClock.nanoseconds()) }

  /// Starts `body` at once, unless it is still at the last one.
  func start(_ body: @escaping @Sendable () -> Void) throws(ThreadFailure) {
    let mayWrite = state.withLock { state in
      if state.isWriting { return false }
      state.isWriting = true
      return true
    }
    guard mayWrite else { return }
    do throws(ThreadFailure) {
      try DedicatedThread.start { [self] in
        let began = Self.now
        body()
        noteWritten(began: began)
      }
    } catch {
      // `stop` must not wait for what never began.
      noteWritten(began: Self.now)
      throw error
    }
  }

  func startWhenDue(_ body: @escaping @Sendable () -> Void) throws(ThreadFailure) {
    let now = Self.now
    if state.withLock({ $0.pace.isDue(now: now) && !$0.isWriting }) { try start(body) }
  }

  private func noteWritten(began: Duration) {
    state.withLock { state in
      state.pace.noteWritten(began: began, ended: Self.now)
      state.isWriting = false
    }
  }

  /// Waits for the one under way, which may give up, and lets no other begin, so that none can replace what is
  /// written at the end.
  func stop() {
    isStopping.store(true, ordering: .relaxed)
    while state.withLock({ state in
      defer { state.isWriting = true }
      return state.isWriting
    }) { MonotonicClock.pause(milliseconds: 5) }
  }
}
