import Synchronization

/// Redraws the progress in place at the foot of a terminal, from any thread.
///
/// Other text goes through `printAbove`, so that it scrolls by above the area. Without updates nothing is
/// drawn: there is no timer. Lines are written over and cleared behind their end; the screen is never cleared from the
/// area's first line on, because that may be its first row, and then terminals such as tmux keep a copy each time.
public final class ProgressArea: Sendable {
  /// Not more often than eight times a second: more flickers and costs time.
  public static let shortestInterval = Duration.milliseconds(125)

  private struct State {
    /// What stands on the screen now.
    var drawn: [String] = []
    var drawnAt: Duration?
    var latest: ProgressState?
    var isFinished = false
  }

  private let view: ProgressView
  private let size: @Sendable () -> (columns: Int, rows: Int)
  private let now: @Sendable () -> Duration
  private let write: @Sendable ([UInt8], Int?) -> Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - size: the terminal's now; asked at each redraw.
  ///   - now: monotonic time since any fixed moment.
  ///   - write: takes what goes to the terminal, with the number of lines of text in it, nil for a mere redrawing;
  ///     answers whether it is going to be written. Called in order; must neither wait nor come back into this area.
  public init(
    view: ProgressView, size: @escaping @Sendable () -> (columns: Int, rows: Int),
    now: @escaping @Sendable () -> Duration, write: @escaping @Sendable ([UInt8], Int?) -> Bool
  ) {
    self.view = view
    self.size = size
    self.now = now
    self.write = write
  }

  /// Shows `progress`, now or with the next update when the last redraw was a moment ago.
  public func update(_ progress: ProgressState) {
    state.withLock { state in
      guard !state.isFinished else { return }
      state.latest = progress
      let now = self.now()
      if let drawnAt = state.drawnAt, now - drawnAt < Self.shortestInterval { return }
      state.drawnAt = now
      let lines = self.lines(state)
      guard lines != state.drawn else { return }
      let text = Self.upwards(state.drawn.count) + Self.over(lines, state.drawn.count)
      if write(Array(text.utf8), nil) { state.drawn = lines }
    }
  }

  /// Prints whole lines above the area.
  public func printAbove(_ text: [UInt8]) {
    state.withLock { state in
      let count = text.count { $0 == UInt8(ascii: "\n") }
      guard !state.drawn.isEmpty else {
        _ = write(text, count)
        return
      }
      let lines = self.lines(state)
      var bytes = Array(Self.upwards(state.drawn.count).utf8)
      for byte in text {
        if byte == UInt8(ascii: "\n") { bytes += Self.clearing.utf8 }
        bytes.append(byte)
      }
      bytes += Self.over(lines, state.drawn.count - count).utf8
      if write(bytes, count) { state.drawn = lines }
    }
  }

  /// Takes the area away for good; later updates draw nothing.
  public func finish() {
    state.withLock { state in
      guard !state.isFinished else { return }
      state.isFinished = true
      let count = state.drawn.count
      guard count > 0 else { return }
      let empty = String(repeating: "\(Self.clearing)\n", count: count)
      _ = write(Array((Self.upwards(count) + empty + Self.upwards(count)).utf8), 0)
      state.drawn = []
    }
  }

  private func lines(_ state: State) -> [String] {
    guard let latest = state.latest, !state.isFinished else { return [] }
    let size = self.size()
    // One column is left free: a full line would make some terminals wrap. The cursor stands below the last line.
    return view.lines(latest, width: max(10, size.columns - 1), height: max(1, size.rows - 1))
  }

  /// From the line's end on.
  private static let clearing = "\u{1B}[K"

  /// To the first column of the area's first line; what was typed, as `^C`, has moved the cursor and is taken away.
  private static func upwards(_ lines: Int) -> String {
    lines > 0 ? "\r\(clearing)\u{1B}[\(lines)A" : ""
  }

  /// The lines, over those that stood there; when there were more, these are cleared.
  private static func over(_ lines: [String], _ before: Int) -> String {
    lines.map { $0 + clearing + "\n" }.joined() + (before > lines.count && !lines.isEmpty ? "\u{1B}[J" : "")
  }
}
