/// Decides when the results file is due again while a run works (SPEC 11: every 10 s).
///
/// The file holds every mission of the run, so it takes longer the larger the run is: the pause is also at
/// least twenty times the last writing, which keeps reporting below a twentieth of the time.
public struct ReportPace: Sendable {
  public static let interval = Duration.seconds(10)

  private let interval: Duration
  private var nextAt: Duration

  /// - Parameter now: monotonic time since any fixed moment.
  public init(now: Duration, interval: Duration = ReportPace.interval) {
    self.interval = interval
    nextAt = now + interval
  }

  /// Whether the next report is to be written.
  public func isDue(now: Duration) -> Bool { now >= nextAt }

  /// A report took this long: slow ones come less often.
  public mutating func noteWritten(began: Duration, ended: Duration) {
    nextAt = ended + max(interval, (ended - began) * 20)
  }
}
