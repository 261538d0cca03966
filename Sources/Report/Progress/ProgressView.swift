import MissionCore

/// Renders a progress state into lines for a terminal; pure.
public struct ProgressView: Sendable {
  /// Lines for workers, at most; the rest is summed up in one.
  public static let mostActivities = 16

  private let phrases: Phrases
  private let paint: Paint

  /// How what went wrong stands out; nothing does where there is no colour.
  public struct Paint: Sendable {
    let bad: @Sendable (String) -> String
    let soft: @Sendable (String) -> String

    public init(
      bad: @escaping @Sendable (String) -> String = { $0 },
      soft: @escaping @Sendable (String) -> String = { $0 }
    ) {
      self.bad = bad
      self.soft = soft
    }
  }

  public init(phrases: Phrases = .english, paint: Paint = Paint()) {
    self.phrases = phrases
    self.paint = paint
  }

  /// No line is wider than `width` columns, and there are no more than `height`.
  public func lines(_ state: ProgressState, width: Int, height: Int = .max) -> [String] {
    // A line is cut before it is coloured, so that no colour counts as text and none is left open.
    func cut(_ line: String) -> String { DisplayColumns.truncate(line, to: width) }
    var lines = [cut(headline(state, width: width))]
    if lines.count < height, let line = failures(state) { lines.append(paint.bad(cut("  " + line))) }
    if lines.count < height, let backfill = state.backfill, backfill.total > 0 {
      let done = phrases.progressDone(
        phrases.numbers.count(backfill.done), phrases.numbers.count(backfill.total))
      let share = phrases.numbers.percent(backfill.done, of: backfill.total)
      lines.append(paint.soft(cut("  \(phrases.backfill): \(done), \(share)")))
    }
    let room = min(height - lines.count, Self.mostActivities)
    return lines + activities(state, atMost: room).map(cut)
  }

  /// `ERROR400 16, ERROR203 2`: the same error again and again is one line that counts.
  private func failures(_ state: ProgressState) -> String? {
    guard !state.failures.isEmpty else { return nil }
    return state.failures.map { "\($0.code) × \(phrases.numbers.count($0.count))" }.joined(separator: ", ")
  }

  /// One plain line, for logs: `12/365 done, 1 failed, 1.2/s, 4m 50s left`.
  public func summary(_ state: ProgressState) -> String { facts(state).joined(separator: ", ") }

  private func facts(_ state: ProgressState) -> [String] {
    var facts = [phrases.progressDone(phrases.numbers.count(state.done), phrases.numbers.count(state.total))]
    if state.failed > 0 { facts.append(phrases.progressFailed(phrases.numbers.count(state.failed))) }
    if state.cancelled > 0 { facts.append(phrases.progressCancelled(phrases.numbers.count(state.cancelled))) }
    if state.retries > 0 { facts.append(phrases.retries(state.retries)) }
    if state.parked > 0 { facts.append(phrases.progressParked(phrases.numbers.count(state.parked))) }
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
