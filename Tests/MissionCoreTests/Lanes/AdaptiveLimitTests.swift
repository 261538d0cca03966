import MissionCore
import Testing

@Suite("how many jobs a lane gets at once", .timeLimit(.minutes(5)))
struct AdaptiveLimitTests {
  private let job = MissionID(high: 1, low: 1)

  private func job(_ number: UInt64) -> MissionID { MissionID(high: 1, low: number) }

  @Test(
    "a lane begins with all that it can have, and short runs never give it less", arguments: [1, 2, 3, 10])
  func shortRuns(capacity: Int) {
    for deviation in [0, 0.3, 1] {
      var lane = VirtualLane(capacity: capacity)
      lane.deviation = deviation
      _ = lane.run(24 * capacity)
      #expect(lane.limits.allSatisfy { $0 == capacity })
    }
  }

  @Test("jobs that are shorter than can be judged leave it as it is after the first")
  func instantJobs() {
    var lane = VirtualLane(capacity: 8)
    lane.seconds = 0.02
    lane.slowdown = saturating(at: 3, thrashing: 1.5)
    _ = lane.run(2000)
    #expect(lane.limits.prefix { $0 < 8 }.count <= 10)
    #expect(lane.limits.drop { $0 < 8 }.allSatisfy { $0 == 8 })
  }

  @Test("a healthy lane loses next to nothing by being compared", arguments: [3, 10], [0, 0.3, 1])
  func healthy(capacity: Int, deviation: Double) {
    for rounds in [20, 50, 100] {
      var ratios: [Double] = []
      for seed: UInt64 in 1...8 {
        var lane = VirtualLane(capacity: capacity, seed: seed)
        lane.deviation = deviation
        var fixed = lane
        ratios.append(lane.run(rounds * capacity) / fixed.run(rounds * capacity, fixed: capacity))
      }
      let mean = ratios.reduce(0, +) / Double(ratios.count)
      #expect(mean < 1.03, "\(rounds) rounds take \(mean) times as long")
    }
  }

  @Test(
    "a lane that saturates at 3 of 10 does as much as with the best fixed limit, or nearly",
    arguments: [1, 1.5], [0, 0.2])
  func saturated(exponent: Double, deviation: Double) {
    var ratios: [Double] = []
    for seed: UInt64 in 1...4 {
      var lane = VirtualLane(capacity: 10, seed: seed)
      lane.deviation = deviation
      lane.slowdown = saturating(at: 3, thrashing: exponent)
      let fixed = lane
      let best = [2, 3, 4, 6, 10].map { limit in
        var lane = fixed
        return lane.run(1000, fixed: limit)
      }.min()!
      ratios.append(lane.run(1000) / best)
    }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    #expect(mean < 1.1, "it takes \(mean) times as long as with the best limit")
  }

  @Test("of a lane that slows down by its crowd it is told how much")
  func reason() {
    var lane = VirtualLane(capacity: 10)
    lane.slowdown = saturating(at: 3, thrashing: 1.5)
    _ = lane.run(400)
    guard case .slower(let times)? = lane.adaptive.told?.reason else {
      Issue.record("told \(String(describing: lane.adaptive.told))")
      return
    }
    #expect((2...7).contains(times))
    #expect(LaneLimit.Reason.slower(times: 4.06).words == "its jobs took 4.1 times as long with more")
  }

  @Test("a lane that refuses more than 3 gets 3, and all again when it takes them")
  func refusing() {
    var lane = VirtualLane(capacity: 10)
    lane.mostAtOnce = 3
    _ = lane.run(150)
    #expect((2...4).contains(lane.adaptive.limit))
    #expect(lane.adaptive.told?.reason == .refused)
    lane.mostAtOnce = .max
    _ = lane.run(150, isExpected: false)
    #expect(lane.adaptive.limit == 10)
    #expect(lane.adaptive.told == nil)
  }

  @Test("a burst of refusals counts once; what is refused after it counts again")
  func bursts() {
    var limit = AdaptiveLimit(capacity: 10)
    for number: UInt64 in 1...10 { limit.handle(.began(job(number)), at: .zero) }
    for number: UInt64 in 4...10 { limit.handle(.startRefused(job(number)), at: .seconds(1)) }
    #expect(limit.told == LaneLimit(limit: 7, capacity: 10, reason: .refused))
    for number: UInt64 in 4...10 { limit.handle(.began(job(number)), at: .seconds(6)) }
    for number: UInt64 in 4...10 { limit.handle(.startRefused(job(number)), at: .seconds(7)) }
    #expect(limit.limit == 5)
  }

  @Test(
    "a session that fails takes three tenths, at least one, and never the last; good jobs bring them back")
  func sessions() {
    var limit = AdaptiveLimit(capacity: 10)
    var seen: [Int] = []
    for _ in 0..<8 {
      limit.handle(.sessionFailed, at: .zero)
      seen.append(limit.limit)
    }
    #expect(seen == [7, 5, 4, 3, 2, 1, 1, 1])
    #expect(limit.told?.reason == .sessionFailed)
    var jobs: UInt64 = 0
    while limit.told != nil, jobs < 100 {
      jobs += 1
      limit.handle(.began(job(jobs)), at: .seconds(60 * Int64(jobs)))
      limit.handle(.completed(job(jobs), left: 0), at: .seconds(60 * Int64(jobs) + 60))
    }
    #expect(limit.limit == 10)
    #expect(jobs <= 40)
  }

  @Test("a session that fails now and then costs a healthy lane little")
  func rareSessionFailures() {
    var lane = VirtualLane(capacity: 10)
    lane.deviation = 0.3
    var fixed = lane
    var time = 0.0
    for _ in 0..<10 {
      time += lane.run(250, isExpected: false)
      lane.tell(.sessionFailed)
    }
    let best = (0..<10).reduce(0.0) { sum, _ in sum + fixed.run(250, fixed: 10) }
    #expect(time / best < 1.04)
  }

  @Test("what slows down in the middle of a run is found, and so is that it is over")
  func changes() {
    var lane = VirtualLane(capacity: 10, seed: 3)
    lane.deviation = 0.3
    _ = lane.run(400)
    #expect(lane.adaptive.limit == 10)
    lane.slowdown = saturating(at: 3, thrashing: 1.5)
    var withoutAny = lane
    let slow = withoutAny.run(600, fixed: 10)
    let time = lane.run(600, isExpected: false)
    #expect(lane.adaptive.limit < 6)
    #expect(time < 0.75 * slow)
    lane.slowdown = { _ in 1 }
    _ = lane.run(300, isExpected: false)
    #expect(lane.adaptive.limit == 10)
  }

  @Test(
    "whatever happens, there is one at least and never more than the capacity; afterwards it gets all again")
  func anything() {
    for seed: UInt64 in 1...500 {
      var dice = SeededRandom(seed: seed)
      let capacity = Int.random(in: 1...30, using: &dice)
      let together = Bool.random(using: &dice) ? Int.random(in: 1...40, using: &dice) : nil
      var limit = AdaptiveLimit(capacity: capacity, together: together)
      var running: [MissionID] = []
      var now = Duration.zero
      if Bool.random(using: &dice) {
        limit.handle(.expected(Int.random(in: 0...2000, using: &dice)), at: now)
      }
      func check(_ what: String) {
        #expect(
          (1...capacity).contains(limit.limit), "seed \(seed): \(limit.limit) of \(capacity) after \(what)")
        if let told = limit.told {
          #expect(told.limit == limit.limit && told.limit < capacity, "seed \(seed)")
        }
      }
      for number: UInt64 in 1...300 {
        now += .milliseconds(Int.random(in: 1...20_000, using: &dice))
        let event: AdaptiveLimit.Event
        let some = running.randomElement(using: &dice)
        switch (Int.random(in: 0..<10, using: &dice), some) {
        case (0, _): event = .sessionFailed
        case (1, let some?): event = .startRefused(some)
        case (2, let some?): event = .lookRefused(some)
        case (3, let some?): event = .dropped(some)
        case (4...6, let some?): event = .completed(some, left: Int.random(in: 0...1000, using: &dice))
        case (7, _): event = .adopted(job(number))
        default: event = .began(job(number))
        }
        switch event {
        case .began(let job), .adopted(let job): running.append(job)
        case .startRefused(let job), .dropped(let job), .completed(let job, _):
          running.removeAll { $0 == job }
        default: break
        }
        limit.handle(event, at: now)
        check("\(event)")
      }
      for job in running { limit.handle(.dropped(job), at: now) }
      // The trouble is over: all jobs take the same time and end well.
      var number: UInt64 = 1000
      var rounds = 0
      while limit.told != nil, rounds < 500 {
        rounds += 1
        let batch = (0..<min(limit.limit, together ?? .max)).map { job(number + UInt64($0)) }
        number += UInt64(batch.count)
        for job in batch { limit.handle(.began(job), at: now) }
        now += .seconds(30)
        for job in batch { limit.handle(.completed(job, left: 0), at: now) }
        check("good jobs")
      }
      #expect(limit.told == nil, "seed \(seed): still \(limit.limit) of \(capacity) after \(rounds) rounds")
      #expect(rounds < 150, "seed \(seed): it took \(rounds) rounds")
    }
  }
}
