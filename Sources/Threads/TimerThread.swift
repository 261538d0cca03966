/// A thread that does jobs when their time has come, so that nobody blocks until then. Jobs must be quick: those that fall
/// due meanwhile wait for them.
package final class TimerThread: Sendable {
  /// What is done when its time has come, once, on the thread.
  package typealias Job = @Sendable () -> Void

  private struct State: Sendable {
    var timers = TimerQueue<Moment, Job>()
    var isClosed = false
  }

  private let state = Monitor(State())

  package init() throws(ThreadFailure) {
    try OwnedThread.start { [state] in while let job = Self.next(state) { job() } }
  }

  deinit { close() }

  /// Does the job once, that long after now; never when it is closed before.
  package func after(_ wait: Duration, _ job: @escaping Job) {
    state.change { $0.timers.set(job, at: .now + wait) }
  }

  /// Drops what waits and ends the thread.
  package func close() {
    state.change {
      $0.isClosed = true
      $0.timers = TimerQueue()
    }
  }

  /// Blocks until a job is due; nil at the end.
  private static func next(_ state: Monitor<State>) -> Job? {
    while true {
      let due = state.withLock { $0.timers.next }
      let found: Job?? = state.wait(until: due) { state in
        if state.isClosed { return .some(nil) }
        if let job = state.timers.popDue(.now) { return .some(job) }
        // An earlier one was set meanwhile: its time is waited for instead.
        return state.timers.next == due ? nil : .some(nil)
      }
      if state.withLock({ $0.isClosed }) { return nil }
      if let job = found ?? nil { return job }
    }
  }
}
