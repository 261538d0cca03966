import Engine
import Glibc
import MissionCore
import Synchronization
import Threads

/// Takes the stop signals of a run, whichever phase it is in, and carries out what `StopRules` decides.
///
/// Signals first, words after: nothing here waits for an output, a disk or another thread.
final class StopHandler: Sendable {
  private let context: RunContext
  private let audience: any RunAudience
  private let ending: RunEnding
  private let state: Mutex<State>
  private let isAsked = Atomic(false)

  /// How long the preparing thread may take to notice that it is to stop, and to write that down: a transaction of a
  /// large import. It then ends the process itself.
  private static let patience = Duration.milliseconds(2500)

  /// How often it is looked whether the parent still lives.
  private static let parentCheck = Duration.milliseconds(200)

  private struct State {
    var rules: StopRules
    var mailbox: Queue<SchedulerEvent>?
  }

  /// A first signal has come while the run was being prepared, which looks here between its transactions.
  var isStopping: Bool { isAsked.load(ordering: .relaxed) }

  /// From now on signals are waited for. To be made before any other thread: threads inherit the mask.
  init(
    context: RunContext, audience: any RunAudience, drains: Bool, ending: RunEnding
  ) throws(CommandFailure) {
    self.context = context
    self.audience = audience
    self.ending = ending
    state = Mutex(State(rules: StopRules(drains: drains)))
    do throws(ThreadFailure) {
      try StopSignals.watch { [self] number in decide(number == SIGALRM ? .overdue : .signal(number)) }
    } catch { throw CommandFailure(.internalError, "signals cannot be waited for, \(error)") }
  }

  /// `--exit-with-parent`: the end of the process that started this one is a SIGTERM. Whoever takes its children over
  /// is another parent.
  func watchParent() throws(CommandFailure) {
    let parent = getppid()
    do throws(ThreadFailure) {
      try OwnedThread.start { [self] in
        while getppid() == parent { Moment.sleep(for: Self.parentCheck) }
        decide(.signal(SIGTERM))
        context.log.warning("the process that started this run has ended, so the run stops")
      }
    } catch { throw CommandFailure(.internalError, "the parent cannot be watched, \(error)") }
  }

  func beginWork(_ mailbox: Queue<SchedulerEvent>) {
    let isLeaving = state.withLock { state in
      state.mailbox = mailbox
      _ = state.rules.decide(.workBegins)
      return state.rules.phase == .leaving
    }
    // The process is about to end, at the latest when the time to leave is over: no work may begin.
    while isLeaving { pause() }
  }

  /// The report is being written.
  func endWork() { decide(.workEnds) }

  /// The run's exit code is known; what follows are only words.
  func note(_ code: ExitCode) { decide(.decided(code)) }

  /// `--max-duration` is over; the engine has been told.
  func noteTimeIsUp() { decide(.timeIsUp) }

  private func decide(_ event: StopRules.Event) {
    let (actions, mailbox) = state.withLock { ($0.rules.decide(event), $0.mailbox) }
    for action in actions { perform(action, mailbox) }
  }

  private func perform(_ action: StopRules.Action, _ mailbox: Queue<SchedulerEvent>?) {
    switch action {
    case .leave: leave()
    case .stop(let number):
      mailbox?.push(.stopRequested(.signal(number)))
      audience.noteStop(drains: false)
    case .drain:
      mailbox?.push(.stopRequested(.drain))
      audience.noteStop(drains: true)
    case .hurry:
      ending.noteStop()
      audience.hurry()
    case .endAfter(let limit): StopSignals.callAfter(limit)
    case .end(let code): end(code)
    }
  }

  /// The words need a disk and two outputs, of which each may hang, so another thread says them.
  private func leave() {
    isAsked.store(true, ordering: .relaxed)
    audience.hurry()
    let code = ExitCode.stoppedEarly
    do throws(ThreadFailure) {
      try OwnedThread.start { [self] in
        Moment.sleep(for: Self.patience)
        context.log.warning("stopped before the work began; run again to go on")
        ending.tellStopped(code)
        audience.flush()
        StopSignals.endProcess(code.rawValue)
      }
    } catch { StopSignals.endProcess(code.rawValue) }
  }

  /// Takes the progress area away, as far as the terminal takes anything.
  private func end(_ code: Int32) {
    audience.finishWork()
    audience.hurry()
    audience.drainLog()
    StopSignals.endProcess(code)
  }
}
