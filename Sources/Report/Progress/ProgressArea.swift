import Synchronization

/// Redraws the progress in place at the foot of a terminal, from any thread.
///
/// Other text goes through `printAbove`, so that it scrolls by above the area. Without updates nothing is
/// drawn: there is no timer.
public final class ProgressArea: Sendable {
  /// Not more often than eight times a second: more flickers and costs time.
  public static let shortestInterval = Duration.milliseconds(125)

  private struct State {
    var drawnLines = 0
    var drawnAt: Duration?
    var latest: ProgressState?
    var isFinished = false
  }

  private let view: ProgressView
  private let width: @Sendable () -> Int
  private let now: @Sendable () -> Duration
  private let write: @Sendable ([UInt8]) -> Void
  private let state = Mutex(State())

  /// - Parameters:
  ///   - width: the terminal's columns now; asked at each redraw.
  ///   - now: monotonic time since any fixed moment.
  ///   - write: takes what goes to the terminal; called in order and must not come back into this area.
  public init(
    view: ProgressView, width: @escaping @Sendable () -> Int, now: @escaping @Sendable () -> Duration,
    write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.view = view
    self.width = width
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
      write(Array((Self.erasing(state.drawnLines) + draw(&state)).utf8))
    }
  }

  /// Prints whole lines above the area.
  public func printAbove(_ text: [UInt8]) {
    state.withLock { state in
      guard state.drawnLines > 0 else { return write(text) }
      let erasing = Self.erasing(state.drawnLines)
      write(Array(erasing.utf8) + text + Array(draw(&state).utf8))
    }
  }

  /// Takes the area away for good; later updates draw nothing.
  public func finish() {
    state.withLock { state in
      guard !state.isFinished else { return }
      state.isFinished = true
      if state.drawnLines > 0 { write(Array(Self.erasing(state.drawnLines).utf8)) }
      state.drawnLines = 0
    }
  }

  private func draw(_ state: inout State) -> String {
    guard let latest = state.latest, !state.isFinished else { return "" }
    // One column is left free: a full line would make some terminals wrap.
    let lines = view.lines(latest, width: max(10, width() - 1))
    state.drawnLines = lines.count
    return lines.joined(separator: "\n") + "\n"
  }

  /// To the area's first line, and everything from there cleared.
  private static func erasing(_ lines: Int) -> String { lines > 0 ? "\u{1B}[\(lines)A\u{1B}[J" : "" }
}
