import Configuration
import Glibc
import HTTP
import MissionCore
import Notifications
import Report

/// Tells those whom `notify:` names how a run goes. Never changes how it ends.
final class RunNotifications: Sendable {
  /// How long the end of a run waits for its last notice.
  static let longestWait = Duration.seconds(25)
  /// The end of a run that was stopped comes within 5 seconds of the signal, notice included.
  static let stopLimit = Duration.milliseconds(4200)

  private let courier: Courier
  private let composition: NotificationComposition
  private let redactor: Redactor

  /// Nil when nobody is to be told.
  init?(_ configuration: Configuration, _ context: RunContext) throws(CommandFailure) {
    guard configuration.notify.isUsed else { return nil }
    composition = NotificationComposition(configuration: configuration, context: context)
    redactor = Redactor(secrets: configuration.secrets)
    let log = context.log
    let redactor = redactor
    let cleaned = { @Sendable (said: Message) in UntrustedText.message(said, masking: redactor) }
    courier = Courier(routes: try composition.routes(), cleaned: cleaned) { level, message in
      switch level {
      case .debug: log.debug(message)
      case .warning: log.warning(message)
      }
    }
  }

  /// The missions are chosen and the work begins; does not wait.
  func started(_ run: RunRecord, selected: Int) {
    let text = NoticeText.start(
      runID: run.id, selected: selected, host: composition.host, language: composition.language)
    var notice = notice(.start, text)
    notice.runID = run.id
    notice.startedAt = run.startedAt.description
    notice.counts = [("selected", selected)]
    courier.announce(notice)
  }

  /// The run came to its end; waits until that is told, at most `budget`.
  func ended(_ summary: RunSummary, exitCode: ExitCode, details: String, within budget: Duration) {
    let text = NoticeText.end(
      summary, exitCode: exitCode.number, host: composition.host, language: composition.language)
    let counts = summary.run.counts
    var notice = notice(Self.event(exitCode: exitCode, counts, suspicious: summary.suspicious.count), text)
    notice.details = redactor.unmistakable.mask(details)
    notice.runID = summary.run.id
    notice.exitCode = exitCode.number
    notice.startedAt = summary.run.startedAt.description
    notice.finishedAt = summary.run.finishedAt?.description
    notice.counts = counts.named + [("suspicious", summary.suspicious.count)]
    notice.ads = counts.ads
    notice.bytes = summary.bytes
    notice.seconds = summary.wallSeconds
    for group in summary.failures {
      let code = group.code.rawValue
      // Its causes are told in the text.
      if let place = notice.failures.firstIndex(where: { $0.code == code }) {
        let count = notice.failures[place].count + group.count
        notice.failures[place] = Notice.Failure(code: code, count: count)
      } else {
        notice.failures.append(Notice.Failure(code: code, count: group.count))
      }
    }
    courier.conclude(notice, within: budget)
  }

  /// The run broke off or could not begin; waits like `ended`.
  func failed(_ code: ExitCode, _ message: Message, within budget: Duration) {
    let text = NoticeText.failure(
      exitCode: code.number, message: composition.context.translated(message), host: composition.host,
      language: composition.language)
    var notice = notice(.failure, text)
    notice.exitCode = code.number
    courier.conclude(notice, within: budget)
  }

  /// Nothing is to be told of the end: the run never was one.
  func dismiss() { courier.conclude(nil, patience: .zero, within: .zero) }

  func hurry(within budget: Duration) { courier.hurry(within: budget) }

  /// What an exit code means to those who were not there: something is done and something is not, or a person must
  /// act. A run that stopped early is no failure: the next one goes on. Silence is never sold as success: where nothing
  /// is listed at all, or a result is not like those before it, a person should look.
  static func event(exitCode: ExitCode, _ counts: RunCounts, suspicious: Int) -> Notice.Event {
    switch exitCode {
    case .success where suspicious > 0 || (counts.selected == 0 && counts.skipped == 0): return .partial
    case .success: return .success
    case .inputErrors, .stoppedEarly: return .partial
    case .missionsFailed: return counts.done > 0 || counts.failed == 0 ? .partial : .failure
    default: return .failure
    }
  }

  private func notice(_ event: Notice.Event, _ text: NoticeText) -> Notice {
    // Words of others in it were masked where they came in.
    let redactor = redactor.unmistakable
    let shown = redactor.mask(text.text)
    return Notice(
      event: event, subject: redactor.mask(text.subject), text: shown, details: shown, host: composition.host)
  }
}
