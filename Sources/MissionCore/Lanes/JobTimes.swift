import Glibc

/// How long the latest jobs of a lane took, and how many ran beside them.
///
/// Times are compared by their logarithms, so that a few long ones among many short ones do not decide.
struct JobTimes: Sendable {
  /// What comparing two of them says of the one with more jobs at once.
  enum Verdict: Hashable, Sendable {
    /// More at once brought more.
    case pays
    /// More at once brought nothing: its jobs took so many times as long.
    case slower(times: Double)
    /// The times vary too much to say; so far it looks like the one or the other.
    case unclear(looksSlower: Bool, times: Double)
    /// There were hardly more at once.
    case alike
  }

  /// Of a lane that runs twice as many jobs in the same time the times do not grow; of one that gains nothing they double:
  /// this share of the growth (on a logarithmic scale) is the border.
  private static let border = 0.7
  /// Standard deviation of the logarithms that is assumed before there are many: jobs are never quite alike.
  private static let assumedDeviation = 0.2
  /// Standard errors that a difference must have before it is believed.
  private static let certainty = 1.5
  /// That a lane gets slower by more is believed only when it is as good as sure, as long as there is no other sign of it.
  private static let proof = 2.0
  /// Jobs that are shorter say more of this program than of the lane.
  private static let shortest = 0.2

  private var jobs: [(log: Double, beside: Double)] = []
  private let most: Int

  /// - Parameter most: how many are kept.
  init(most: Int) { self.most = most }

  var count: Int { jobs.count }
  var isFull: Bool { jobs.count >= most }

  /// - Parameter beside: how many jobs ran meanwhile on the average, itself included.
  mutating func add(seconds: Double, beside: Double) {
    if isFull { jobs.removeFirst() }
    jobs.append((log(max(seconds, 1e-6)), max(beside, 1)))
  }

  /// Whether there is nothing to be learnt from such short jobs.
  var isTooShort: Bool { jobs.isEmpty || exp(mean) < Self.shortest }

  /// Of those with more jobs at once, compared with these.
  ///
  /// - Parameter isSuspected: it is known already that the lane gets slower at some limit.
  func judge(more other: JobTimes, isSuspected: Bool) -> Verdict {
    let growth = log(other.beside / beside)
    guard growth > log(1.1) else { return .alike }
    let slower = other.mean - mean
    let margin = slower - Self.border * growth
    let doubt = (squaredError + other.squaredError).squareRoot()
    let isSlower = margin > (isSuspected ? Self.certainty : Self.proof) * doubt
    if !isSlower, margin > -Self.certainty * doubt {
      return .unclear(looksSlower: margin > 0, times: exp(slower))
    }
    return isSlower ? .slower(times: exp(slower)) : .pays
  }

  /// How many times as long as `usual` these took, where that is surely another time than usual.
  func change(from usual: JobTimes) -> Double? {
    let slower = mean - usual.mean
    let doubt = (squaredError + usual.squaredError).squareRoot()
    return abs(slower) > log(1.5) + 2 * doubt ? exp(slower) : nil
  }

  private var mean: Double { jobs.reduce(0) { $0 + $1.log } / Double(max(jobs.count, 1)) }
  private var beside: Double { jobs.reduce(0) { $0 + $1.beside } / Double(max(jobs.count, 1)) }

  /// Of the mean.
  private var squaredError: Double {
    let mean = mean
    // As if two more jobs had been seen that deviate as assumed.
    let assumed = 2 * Self.assumedDeviation * Self.assumedDeviation
    let squares = jobs.reduce(assumed) { $0 + ($1.log - mean) * ($1.log - mean) }
    return squares / Double(jobs.count + 1) / Double(max(jobs.count, 1))
  }
}
