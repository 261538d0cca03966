import MissionCore

/// Renders a progress state into lines for a terminal; pure.
public struct ProgressView: Sendable {
  /// Lines for workers, at most; what does not fit beside each other either is summed up in one.
  public static let mostActivities = 16

  /// From so many columns on there is room beside what is read first.
  static let wide = 160

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
    return lines + activities(state, atMost: room, width: width).map(cut)
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
    return bar(state, columns: min(room, width >= Self.wide ? width / 4 : 24)) + " " + text
  }

  private func bar(_ state: ProgressState, columns: Int) -> String {
    let filled = state.total > 0 ? min(columns, state.ended * columns / state.total) : 0
    return "[" + String(repeating: "#", count: filled) + String(repeating: "·", count: columns - filled) + "]"
  }

  /// One below the other; where that are too many and the terminal is wide enough, in columns.
  private func activities(_ state: ProgressState, atMost most: Int, width: Int) -> [String] {
    let pairs = state.workers.flatMap { worker in worker.texts.map { (worker.worker, $0) } }
    guard most > 0 else { return [] }
    let names = pairs.map { UntrustedText.clean($0.0, limit: 40) }
    let widest = names.map(DisplayColumns.count).max() ?? 0
    let cells = zip(names, pairs).map { name, pair in
      "  " + DisplayColumns.pad(name, to: widest) + "  " + UntrustedText.clean(pair.1)
    }
    let columns = pairs.count > most && width >= Self.wide ? columns(of: cells, in: width) : 1
    let shown = pairs.count > most * columns ? (most - 1) * columns : pairs.count
    var lines = Self.inColumns(Array(cells.prefix(shown)), columns)
    if pairs.count > shown { lines.append("  " + phrases.andMore(pairs.count - shown)) }
    return lines
  }

  /// How many of the widest stand beside each other. Their times grow as they are looked at, so some room is kept.
  private func columns(of cells: [String], in width: Int) -> Int {
    let widest = (cells.map(DisplayColumns.count).max() ?? 0) + 4
    return max(1, width / widest)
  }

  /// Filled line by line, each column as wide as its widest.
  private static func inColumns(_ cells: [String], _ columns: Int) -> [String] {
    guard columns > 1 else { return cells }
    let width = (cells.map(DisplayColumns.count).max() ?? 0) + 2
    return stride(from: 0, to: cells.count, by: columns).map { first in
      let line = cells[first..<min(cells.count, first + columns)]
      return line.dropLast().map { DisplayColumns.pad($0, to: width) }.joined() + (line.last ?? "")
    }
  }
}
