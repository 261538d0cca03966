import MissionCore

/// Renders a progress state into lines for a terminal; pure.
public struct ProgressView: Sendable {
  /// Lines for workers, at most; the rest is summed up in one.
  public static let mostActivities = 16

  private let phrases: Phrases

  public init(phrases: Phrases = .english) { self.phrases = phrases }

  /// No line is wider than `width` columns, and there are no more than `height`.
  public func lines(_ state: ProgressState, width: Int, height: Int = .max) -> [String] {
    ([headline(state, width: width)] + activities(state, atMost: min(height - 1, Self.mostActivities)))
      .map { DisplayColumns.truncate($0, to: width) }
  }

  /// One plain line, for logs: `12/365 done, 1 failed, 1.2/s, 4m 50s left`.
  public func summary(_ state: ProgressState) -> String { facts(state).joined(separator: ", ") }

  private func facts(_ state: ProgressState) -> [String] {
    var facts = [phrases.progressDone(phrases.numbers.count(state.done), phrases.numbers.count(state.total))]
    if state.failed > 0 { facts.append(phrases.progressFailed(phrases.numbers.count(state.failed))) }
    if state.cancelled > 0 { facts.append(phrases.progressCancelled(phrases.numbers.count(state.cancelled))) }
    if let rate = state.ratePerSecond { facts.append(phrases.numbers.rate(perSecond: rate)) }
    if let left = state.secondsLeft {
      facts.append(phrases.progressLeft(phrases.numbers.duration(seconds: left)))
    }
    if state.isStopping { facts.append(phrases.progressStopping) }
    return facts
  }

  private func headline(_ state: ProgressState, width: Int) -> String {
    var text =
      DisplayColumns.pad(phrases.numbers.percent(state.ended, of: state.total), to: 4) + " "
      + summary(state)
    if let seconds = state.elapsedSeconds {
      text += ", " + phrases.progressElapsed(phrases.numbers.duration(seconds: seconds))
    }
    let room = width - DisplayColumns.count(of: text) - 3
    guard room >= 10 else { return text }
    return bar(state, columns: min(room, 24)) + " " + text
  }

  private func bar(_ state: ProgressState, columns: Int) -> String {
    let filled = state.total > 0 ? min(columns, state.ended * columns / state.total) : 0
    return "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: columns - filled) + "]"
  }

  private func activities(_ state: ProgressState, atMost most: Int) -> [String] {
    let pairs = state.workers.flatMap { worker in worker.texts.map { (worker.worker, $0) } }
    guard most > 0 else { return [] }
    let shown = pairs.count > most ? most - 1 : pairs.count
    let names = pairs.prefix(shown).map { UntrustedText.clean($0.0, limit: 40) }
    let widest = names.map(DisplayColumns.count).max() ?? 0
    var lines = zip(names, pairs).map { name, pair in
      "  " + DisplayColumns.pad(name, to: widest) + "  " + UntrustedText.clean(pair.1)
    }
    if pairs.count > shown { lines.append("  " + phrases.andMore(pairs.count - shown)) }
    return lines
  }
}
