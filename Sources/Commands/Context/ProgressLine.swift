import MissionCore
import Report
import Terminal
import Threads

/// One line at the foot of a terminal that tells how far a command is; nothing elsewhere.
final class ProgressLine {
  private let context: CommandContext
  private let isShown: Bool
  private let stopwatch = Moment.stopwatch()
  private var drawnAt: Duration?
  private var isDrawn = false

  init(_ context: CommandContext) {
    self.context = context
    isShown =
      Terminal.canRedraw(isTerminal: context.terminal.errorsAreTerminal, environment: context.environment)
      && !context.common.isQuiet && context.common.logFormat == .text
  }

  /// - Parameter text: what is told beside the rate and the time left: `12,000 of 1,000,000 missions, 2 differences`.
  func show(_ done: Int, of total: Int, _ text: (String, String) -> String) {
    let elapsed = stopwatch()
    guard isShown, drawnAt.map({ elapsed - $0 > .milliseconds(100) }) ?? true else { return }
    drawnAt = elapsed
    let phrases = context.phrases
    var line = text(phrases.numbers.count(done), phrases.numbers.count(total))
    let seconds = elapsed / .seconds(1)
    if done > 0, seconds > 1 {
      let rate = Double(done) / seconds
      line += ", \(phrases.numbers.rate(perSecond: rate)), "
      line += phrases.progressLeft(phrases.numbers.duration(seconds: Double(max(0, total - done)) / rate))
    }
    let width = Terminal.width(of: context.terminal.errors.descriptor, environment: context.environment)
    draw(DisplayColumns.truncate(line, to: max(10, width - 1)))
  }

  /// Takes the line away, so that other text can be written.
  func clear() {
    guard isDrawn else { return }
    isDrawn = false
    context.terminal.errors.send(Self.drawing(""), count: 0)
    context.terminal.errors.drain()
  }

  private func draw(_ text: String) {
    if context.terminal.errors.offer(Self.drawing(text)) { isDrawn = true }
  }

  private static func drawing(_ text: String) -> [UInt8] { Array(("\r\u{1B}[K" + text).utf8) }
}
