/// Decides when a plain progress line is due where there is no terminal.
public struct PlainProgress: Sendable {
  public static let interval = Duration.seconds(10)

  private let view: ProgressView
  private var lastAt: Duration?
  private var lastLine: String?

  public init(view: ProgressView) { self.view = view }

  /// The line to log now, or nil: at most one in ten seconds, none twice in a row.
  /// - Parameter now: monotonic time since any fixed moment.
  public mutating func line(for state: ProgressState, now: Duration) -> String? {
    guard let last = lastAt else {
      // The first interval counts from the first look: a short run logs no progress.
      lastAt = now
      return nil
    }
    guard now - last >= Self.interval else { return nil }
    lastAt = now
    let line = view.summary(state)
    guard line != lastLine else { return nil }
    lastLine = line
    return line
  }
}
