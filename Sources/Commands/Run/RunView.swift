import Engine
import Glibc
import MissionCore
import Report
import Synchronization
import Terminal
import Threads

/// What a person sees while a run works: one progress area on a terminal, plain log lines elsewhere.
final class RunView: Sendable {
  private struct State {
    var progress: LiveProgress
    var plain: PlainProgress
  }

  private let context: CommandContext
  private let view: ProgressView
  private let area: ProgressArea?
  private let state: Mutex<State>
  private let isStopping = Atomic(false)

  /// - Parameters:
  ///   - total: missions of the run.
  ///   - journal: DONE missions of the journal and all of it, where that is more than the run.
  init(context: CommandContext, hidesProgress: Bool, total: Int, journal: ProgressState.Share?) {
    self.context = context
    // Lines of a JSON log are for programs: they are the same in every language.
    let style = context.terminal.errorStyle
    let view = ProgressView(
      phrases: context.common.logFormat == .text ? context.phrases : .english,
      paint: ProgressView.Paint(bad: style.red, soft: style.dim))
    self.view = view
    let progress = LiveProgress(
      total: total, journal: journal, numbers: context.phrases.numbers, answers: context.answers)
    state = Mutex(State(progress: progress, plain: PlainProgress(view: view)))
    let errors = context.terminal.errors
    let canRedraw = Terminal.canRedraw(
      isTerminal: context.terminal.errorsAreTerminal, environment: context.environment)
    guard canRedraw, !hidesProgress, !context.common.isQuiet, context.common.logFormat == .text
    else {
      area = nil
      return
    }
    let area = ProgressArea(
      view: view,
      size: {
        let size = Terminal.size(of: STDERR_FILENO)
        return (size.columns, size.rows)
      },
      now: Moment.stopwatch(),
      write: { bytes, lines in lines.map { errors.send(bytes, count: $0) } ?? errors.offer(bytes) })
    self.area = area
    context.log.redirect { line in area.printAbove(line) }
    if !context.common.isVerbose { context.log.fold(RepeatedErrors()) }
  }

  func show(_ scheduler: Scheduler, _ elapsed: Duration) {
    let isStopping = isStopping.load(ordering: .relaxed)
    let line: String? = state.withLock { state in
      let progress = state.progress.state(
        of: scheduler, now: elapsed, isStopping: isStopping, tellsWorkers: area != nil)
      context.service.show { view.summary(progress) }
      if let area {
        area.update(progress)
        return nil
      }
      return state.plain.line(for: progress, now: elapsed)
    }
    if let line { context.log.info("\(line)") }
  }

  func noteStop(drains: Bool) {
    isStopping.store(true, ordering: .relaxed)
    let what: Message = drains ? "waiting for what runs" : "bringing what runs to a safe point"
    context.log.warning("stopping: \(what); a second signal ends at once")
  }

  /// - Parameter limit: what `--max-duration` allows.
  func noteTimeUp(_ limit: Duration, drains: Bool) {
    isStopping.store(true, ordering: .relaxed)
    let what: Message = drains ? "waiting for what runs" : "bringing what runs to a safe point"
    let time = Humanized.duration(seconds: limit / .seconds(1))
    context.log.warning("stopping, --max-duration (\(time)) is reached: \(what)")
  }

  func finish() {
    context.log.fold(nil)
    area?.finish()
  }
}
