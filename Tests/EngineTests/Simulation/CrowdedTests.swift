import Glibc
import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite(
  "workers that have too much to do, and proxies that fail, on a virtual clock", .timeLimit(.minutes(10)))
struct CrowdedTests {
  /// One that is well, one that fails now and then, one that is dead for some hours.
  private static let proxies = [
    CrowdedWorld.Proxy(server: "well:1"),
    CrowdedWorld.Proxy(server: "some:1") { _, dice in
      Int.random(in: 0..<100, using: &dice) < 2 ? .disconnected : .ready
    },
    CrowdedWorld.Proxy(server: "dead:1") { now, _ in
      (.seconds(4 * 3600)..<Duration.seconds(6 * 3600)).contains(now) ? .disconnected : .ready
    },
  ]

  private func world(seed: UInt64, exponent: Double) -> CrowdedWorld {
    let world = CrowdedWorld(seed: seed)
    world.slowdown = { $0 <= 3 ? 1 : pow(Double($0) / 3, exponent) }
    world.proxies = Self.proxies
    return world
  }

  @Test(
    "a worker that saturates at 3 of 10 is done at most 1.1 times as late as with the best fixed limit, whatever its proxies do",
    arguments: [1, 1.5])
  func saturated(exponent: Double) {
    let missions = 2500
    var best = Double.infinity
    // These two are the best ones of all, the one where more at once is only no use, the other where it does harm.
    for limit in [3, 10] {
      let world = world(seed: 1, exponent: exponent)
      (world.capacity, world.adapts) = (limit, false)
      best = min(best, world.run(missions))
      #expect(world.done == missions)
    }
    let world = world(seed: 1, exponent: exponent)
    let time = world.run(missions)
    #expect(world.done == missions)
    #expect(time <= 1.1 * best, "it takes \(time / best) times as long; limits \(world.limits)")
  }

  @Test("a worker that is well is done as early as with its whole capacity")
  func healthy() {
    let missions = 1000
    let fixed = CrowdedWorld(seed: 2)
    fixed.adapts = false
    let world = CrowdedWorld(seed: 2)
    let (time, best) = (world.run(missions), fixed.run(missions))
    #expect(time <= 1.03 * best)
    #expect(world.logs.isEmpty)
  }

  @Test(
    "over 1,000 sessions no proxy starves: each has its share within 30 %, also one that died and came back")
  func fairness() {
    let world = world(seed: 3, exponent: 1)
    world.refreshInterval = 2
    world.capacity = 2
    _ = world.run(2000)
    let all = world.sessions.values.reduce(0, +)
    #expect(all >= 1000)
    for proxy in Self.proxies {
      let share = Double(world.sessions[proxy.server, default: 0]) / Double(all)
      #expect(abs(share - 1 / 3.0) <= 0.3 / 3, "\(world.sessions)")
    }
  }
}
