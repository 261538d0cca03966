/// How many jobs a lane gets at once, between 1 and its capacity: fewer when it refuses (429, 503), when its sessions
/// fail, and when more at once only make each job slower; more again, one by one and then faster, when that is over.
///
/// Events in, a limit and its reason out; no clock. A lane begins at its capacity. Only where many missions wait for it does
/// it begin with half of it, until the first of its jobs have ended: what jobs take with fewer at once is the
/// baseline that everything is compared with, and cannot be known otherwise. From then on it is looked at again now
/// and then, at distances that grow as long as the lane is well.
public struct AdaptiveLimit: Sendable {
  /// What shows how much a lane can take.
  public enum Event: Hashable, Sendable {
    /// So many missions wait for the lane. Only the first time counts, and only before its first job.
    case expected(Int)
    case began(MissionID)
    /// A job of an earlier run was taken over: it takes a place, but its time is not known.
    case adopted(MissionID)
    /// The job ended well; `left` missions wait for the lane.
    case completed(MissionID, left: Int)
    /// The job is over in any other way, or was none.
    case dropped(MissionID)
    /// The start of the job was put off: come back later.
    case startRefused(MissionID)
    /// A look at the job was.
    case lookRefused(MissionID)
    case sessionFailed
  }

  enum Phase: Sendable {
    case steady
    /// Fewer at once than before, to see what jobs take then. `more` is what they took before; nil at the beginning.
    case comparing(more: JobTimes?, back: Int)
    /// More at once than before. Whether it goes down further when they bring nothing: where the limit to go back to was
    /// never compared with a lower one.
    case trying(fewer: JobTimes, back: Int, goesDown: Bool)
  }

  /// What a comparison may cost of the missions that there are: one part of so many.
  static let mostOfAll = 50
  static let longestHold = 64
  static let mostRoundsOfAsking = 8

  public let capacity: Int
  public internal(set) var limit: Int
  /// Jobs that can be there at once, whatever the capacity is: a session serves no more.
  let usable: Int

  var phase: Phase = .steady
  var load: LaneLoad
  /// Of jobs that began since the limit was changed.
  var times: JobTimes
  /// What they usually take at this limit.
  var usual: JobTimes?
  /// Jobs that ended well since the limit was changed, and all.
  var goodEnds = 0
  var ends = 0
  /// Jobs that ended well since the lane was last compared, and after how many it is again.
  var sinceComparing = 0
  var comparesAfter: Int
  /// By how much it is raised next.
  var step = 1
  /// How often all jobs of a limit must end well before it is raised.
  var hold = 1
  /// The lowest limit that is known to bring nothing more; nil when none is.
  var ceiling: Int?
  /// Whether it is compared with fewer at once before it is raised: both are asked by turns.
  var asksBelow = false
  /// Why the limit is not higher for good; nil as long as it is not known to be too high.
  var cause: LaneLimit.Reason?
  /// Where the limit was when a session failed: there it may be at once again.
  var broken: Int?

  /// - Parameter together: jobs that can be there at once, whatever the capacity is.
  public init(capacity: Int, together: Int? = nil) {
    self.capacity = capacity
    usable = max(1, min(capacity, together ?? capacity))
    limit = capacity
    load = LaneLoad()
    times = JobTimes(most: Self.most(capacity))
    comparesAfter = 0
    comparesAfter = 2 * leastForComparing
  }

  /// Missions that must wait before a part of the places stays empty for a comparison, so that a lane that is well loses
  /// next to nothing by it: with half of the places as many jobs must end as there are, instead of twice as many.
  var leastForComparing: Int {
    guard usable > 1 else { return 0 }
    let half = usable / 2
    return Self.mostOfAll * Self.enough(half) * (usable - half) / half
  }

  /// Jobs whose times say something of a limit.
  static func enough(_ limit: Int) -> Int { max(limit, 2) }

  /// Nil when the lane gets all that it can have.
  public var told: LaneLimit? {
    guard limit < usable else { return nil }
    let reason = broken != nil ? LaneLimit.Reason.sessionFailed : cause ?? .comparing
    return LaneLimit(limit: limit, capacity: capacity, reason: reason)
  }

  /// Whether it matters how many missions wait for the lane when its next job ends.
  public var asksWhatIsLeft: Bool {
    limit >= usable && sinceComparing + 1 >= min(leastForComparing, comparesAfter)
  }

  public mutating func handle(_ event: Event, at now: Duration) {
    guard usable > 1 else { return }
    switch event {
    case .expected(let missions): begin(missions)
    case .began(let job): load.begin(job, at: now)
    case .adopted(let job): load.begin(job, at: now, isMeasured: false)
    case .dropped(let job): if load.end(job, at: now) != nil { ended() }
    case .completed(let job, let left): completed(load.end(job, at: now), left: left)
    case .startRefused(let job): if load.end(job, at: now)?.isOfThisLimit == true { refused() }
    case .lookRefused(let job): if load.isOfThisLimit(job) { refused() }
    case .sessionFailed: sessionFailed()
    }
  }

  private mutating func begin(_ missions: Int) {
    guard load.isUntouched, goodEnds == 0, limit == capacity, missions >= leastForComparing else {
      return
    }
    phase = .comparing(more: nil, back: usable)
    change(to: usable / 2)
  }

  private mutating func completed(_ job: LaneLoad.Ended?, left: Int) {
    guard let job else { return }
    if job.isOfThisLimit, job.isMeasured { times.add(seconds: job.seconds, beside: job.beside) }
    goodEnds += 1
    sinceComparing += 1
    decide(left: left)
    ended()
  }

  /// A comparison does not wait for ever where jobs end badly.
  private mutating func ended() {
    ends += 1
    guard case .comparing(_, let back) = phase, ends >= 8 * Self.enough(limit) else { return }
    phase = .steady
    change(to: back)
  }

  /// Back to what was good before it was raised, else three tenths fewer. Jobs that were sent before the limit was lowered
  /// say nothing new.
  private mutating func refused() {
    let now = min(limit, usable)
    guard now > 1 else { return }
    cause = cause ?? .refused
    step = 1
    defer { ceiling = now }
    guard case .trying(_, let back, _) = phase else { return lower(to: Self.fewer(now)) }
    if ceiling.map({ now >= $0 }) ?? true { hold = min(2 * hold, Self.longestHold) }
    lower(to: back)
  }

  private mutating func sessionFailed() {
    let now = min(limit, usable)
    guard now > 1 else { return }
    broken = max(broken ?? 0, now)
    lower(to: Self.fewer(now))
  }

  private static func fewer(_ limit: Int) -> Int { limit - max(1, limit * 3 / 10) }

  private mutating func lower(to limit: Int) {
    phase = .steady
    change(to: limit)
  }

  mutating func change(to limit: Int) {
    self.limit = limit >= usable ? capacity : limit
    times = JobTimes(most: Self.most(min(self.limit, usable)))
    usual = nil
    goodEnds = 0
    ends = 0
    load.limitChanged()
    if let before = broken, limit >= before { broken = nil }
    if limit >= usable { broken = nil }
  }

  static func most(_ limit: Int) -> Int { max(2 * limit, 24) }
}
