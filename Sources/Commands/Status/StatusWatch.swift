import Configuration
import Glibc
import Journal
import MissionCore
import Terminal
import Threads

/// `status --watch`: looks into the journal every second and shows it on the whole terminal, until `q` or a signal.
///
/// It reads only what is on disk, so it shows a run of cron or of another terminal as well, and none at all.
struct StatusWatch {
  private static let interval: Int32 = 1000
  private static let mostFailures = 100

  let context: CommandContext
  let configuration: Configuration

  func run() throws(CommandFailure) -> ExitCode {
    // What cannot be read at all is told on the ordinary screen.
    var content = try look(after: nil)
    let signals = try WatchSignals.open(
      isStuck: { AlternateScreen.letGo() },
      isOver: { number in
        AlternateScreen.abandon()
        StopSignals.endProcess((number == SIGINT ? ExitCode.success : .terminated).rawValue)
      })
    AlternateScreen.enter()
    defer { AlternateScreen.leave() }
    var pace = WatchPace()
    while true {
      draw(content, &pace)
      switch wait(signals) {
      case .tick:
        do throws(CommandFailure) { content = try look(after: content.snapshot) } catch {
          content.problem = error.message
        }
      case .resized: continue
      case .suspended:
        AlternateScreen.leave()
        kill(getpid(), SIGSTOP)
        AlternateScreen.enter()
      case .quit: return .success
      case .ended: return .terminated
      }
    }
  }

  /// - Parameter before: the snapshot of a second ago.
  private func look(after before: StatusSnapshot?) throws(CommandFailure) -> WatchContent {
    var snapshot = try StatusSnapshot.take(configuration, now: context.now())
    if let before, before.run == nil, snapshot.run == nil, before.lastRun?.id == snapshot.lastRun?.id,
      before.backfill == snapshot.backfill
    {
      // Nothing has happened: the report of the last run, which may be large, is not read again.
      (snapshot.next, snapshot.commandSuffix) = (before.next, before.commandSuffix)
    } else {
      try StatusCommand.addNext(to: &snapshot, configuration, context)
    }
    guard let reader = try JournalAccess.reader(configuration.journal.path) else {
      return WatchContent(snapshot: snapshot, failures: [])
    }
    let failures = try JournalAccess.failing { () throws(JournalError) in
      try reader.latestFailures(limit: Self.mostFailures)
    }
    return WatchContent(snapshot: snapshot, failures: failures)
  }

  private func draw(_ content: WatchContent, _ pace: inout WatchPace) {
    let rate = pace.rate(content.snapshot, at: .now)
    let size = Terminal.size(of: STDOUT_FILENO)
    let view = WatchView(
      content: content, ratePerSecond: rate, phrases: context.phrases, answers: context.answers,
      keeping: context.keeping, style: context.terminal.outputStyle, translate: context.translated)
    AlternateScreen.draw(view.lines(width: size.columns, height: size.rows))
  }

  private enum Event {
    case tick, resized, suspended, quit, ended
  }

  /// Waits a second, or for a key or a signal.
  private func wait(_ signals: Int32) -> Event {
    var sources = [
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&sources, nfds_t(sources.count), Self.interval) > 0 else { return .tick }
    var byte: UInt8 = 0
    if sources[0].revents != 0, read(signals, &byte, 1) == 1 {
      switch Int32(byte) {
      case SIGINT: return .quit
      case SIGTSTP: return .suspended
      case SIGWINCH, SIGCONT: return .resized
      default: return .ended
      }
    }
    guard sources[1].revents != 0 else { return .resized }
    // The end of the input is a terminal that is gone.
    guard read(STDIN_FILENO, &byte, 1) == 1 else { return .ended }
    return byte == UInt8(ascii: "q") || byte == UInt8(ascii: "Q") ? .quit : .resized
  }
}
