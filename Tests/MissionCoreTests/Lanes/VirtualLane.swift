import MissionCore

/// A lane on a virtual clock: jobs that share what it can do, as many at once as the limit says.
struct VirtualLane {
  /// How many times as long a job takes beside so many.
  var slowdown: (Int) -> Double = { _ in 1 }
  /// It refuses to start more.
  var mostAtOnce = Int.max
  /// Standard deviation of the logarithms of what jobs take; they take about 60 s alone.
  var deviation = 0.0
  var seconds = 60.0

  var adaptive: AdaptiveLimit
  var dice: SeededRandom
  private(set) var now = 0.0
  /// What is left of each job that runs.
  private var running: [MissionID: Double] = [:]
  /// When a mission that was refused asks again.
  private var waiting: [(mission: MissionID, at: Double)] = []
  private var started: UInt64 = 0
  private(set) var limits: [Int] = []

  init(capacity: Int, together: Int? = nil, seed: UInt64 = 1) {
    adaptive = AdaptiveLimit(capacity: capacity, together: together)
    dice = SeededRandom(seed: seed)
  }

  /// Does so many missions; answers with the seconds they took. A `fixed` limit takes the place of the adaptive one.
  mutating func run(_ missions: Int, fixed: Int? = nil, isExpected: Bool = true) -> Double {
    let begin = now
    var left = missions
    if isExpected { tell(.expected(missions)) }
    while left > 0 || !running.isEmpty || !waiting.isEmpty {
      while left > 0, running.count + waiting.count < fixed ?? adaptive.limit {
        left -= 1
        started += 1
        start(MissionID(high: 7, low: started))
      }
      advance(left: left)
    }
    return now - begin
  }

  private mutating func start(_ mission: MissionID) {
    tell(.began(mission))
    guard running.count < mostAtOnce else {
      waiting.append((mission, now + 5))
      return tell(.startRefused(mission))
    }
    running[mission] = seconds * size()
  }

  /// To the next moment at which something happens.
  private mutating func advance(left: Int) {
    let pace = 1 / slowdown(running.count)
    let end = running.min { ($0.value, $0.key) < ($1.value, $1.key) }
    let asks = waiting.min { $0.at < $1.at }
    let endsAt = end.map { now + $0.value / pace } ?? .infinity
    if let asks, asks.at <= endsAt {
      pass(asks.at - now, pace)
      waiting.removeAll { $0.mission == asks.mission }
      return start(asks.mission)
    }
    guard let end else { return }
    pass(endsAt - now, pace)
    running[end.key] = nil
    tell(.completed(end.key, left: left))
  }

  private mutating func pass(_ time: Double, _ pace: Double) {
    now += time
    for mission in running.keys { running[mission]! -= time * pace }
  }

  mutating func tell(_ event: AdaptiveLimit.Event) {
    adaptive.handle(event, at: .milliseconds(Int64(now * 1000)))
    limits.append(adaptive.limit)
  }

  /// Log-normal, 1 on the average.
  private mutating func size() -> Double {
    guard deviation > 0 else { return 1 }
    // The sum of twelve dice is as good as normal.
    let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &dice) }
    return exponential(deviation * normal - deviation * deviation / 2)
  }
}

/// So that a worker that can do three jobs at once gives each of more jobs its share, and is a little slower for it.
func saturating(at places: Int, thrashing exponent: Double) -> (Int) -> Double {
  { jobs in jobs <= places ? 1 : power(Double(jobs) / Double(places), exponent) }
}
