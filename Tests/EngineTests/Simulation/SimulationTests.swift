import Engine
import Glibc
import MissionCore
import Testing

/// Seeds tried; `SIMULATION_SEEDS` asks for more, `SIMULATION_SEED` for exactly one.
///
/// - Parameter count: how many are tried usually.
func simulationSeeds(_ count: UInt64) -> [UInt64] {
  func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
  if let one = number("SIMULATION_SEED") { return [one] }
  return Array(1...(number("SIMULATION_SEEDS") ?? count))
}

private func seeds() -> [UInt64] { simulationSeeds(2000) }

@Suite("deterministic simulation of the engine", .timeLimit(.minutes(seeds().count > 2000 ? 24 * 60 : 10)))
struct SimulationTests {
  @Test(
    "after crashes, stops and faults every mission ends as it should, and the same seed gives the same trace")
  func everySeed() {
    var total = SimulationCounts()
    var missions = 0
    for seed in seeds() {
      let first = simulate(seed: seed)
      let second = simulate(seed: seed)
      missions += first.missionIDs.count
      total.add(first.counts)
      #expect(
        first.trace.value == second.trace.value,
        "seed \(seed) gives two traces; Tests/simulate.sh --seed \(seed) repeats it")
      #expect(
        first.watch.violations.isEmpty,
        "Tests/simulate.sh --seed \(seed) repeats it: \(first.watch.violations.prefix(4))")
    }
    print("simulation: \(seeds().count) seeds, \(missions) missions, \(total)")
    if seeds().count >= 1000 {
      for count in [
        total.crashes, total.cancels, total.refusals, total.breakers, total.lostSpools, total.foundInSpool,
        total.retriesByHand,
        total.brokenSessions, total.untoldSpools, total.sessionsThatStay,
        total.restarts, total.repeatedJobs, total.lostRows, total.otherMachines,
      ] { #expect(count > 50, "a kind of fault hardly happens: \(total)") }
    }
  }

  @Test(
    "a mission that kills the process every time goes behind all others after two, and is given up after ten")
  func poison() {
    for seed: UInt64 in 1...20 {
      let world = SimulatedWorld(seed: seed)
      world.faultRate = 0
      world.cancelsLeft = 0
      let poison = world.missionIDs.randomElement(using: &world.dice)!
      world.poison = poison
      var deaths = 0
      while deaths < 20, world.runProcess() == nil {
        deaths += 1
        guard world.journal.records[poison]!.crashes >= Recovery.deferredFrom else { continue }
        for id in world.missionIDs where id != poison {
          #expect(world.journal.records[id]!.status == .done, "seed \(seed): not done after \(deaths) deaths")
        }
      }
      world.watch.checkEnd(world)
      // A death before the start was on disk is not counted.
      #expect(
        (Recovery.failedFrom...Recovery.failedFrom + 8).contains(deaths), "seed \(seed): \(deaths) deaths")
      #expect(world.journal.records[poison]!.errorCode == .internalError, "seed \(seed)")
      #expect(world.watch.violations.isEmpty, "seed \(seed): \(world.watch.violations.prefix(4))")
    }
  }

  /// Some processes that die or are stopped, then one without faults that must finish everything.
  private func simulate(seed: UInt64) -> SimulatedWorld {
    let world = SimulatedWorld(seed: seed)
    for _ in 0..<Int.random(in: 0...6, using: &world.dice) {
      let steps = Int.random(in: 1...[10, 60, 300].randomElement(using: &world.dice)!, using: &world.dice)
      switch Int.random(in: 0..<8, using: &world.dice) {
      case 0: _ = world.runProcess(stop: (steps, .signal(15)))
      case 1: _ = world.runProcess(stop: (steps, [.drain, .maxDuration].randomElement(using: &world.dice)!))
      case 2: _ = world.runProcess()
      default: _ = world.runProcess(dyingAfter: steps)
      }
      if Int.random(in: 0..<3, using: &world.dice) == 0 { world.personRetries() }
    }
    world.faultRate = 0
    if let outcome = world.runProcess(), outcome.failure != nil {
      world.watch.violations.append("the last run broke off: \(outcome)")
    }
    world.watch.checkEnd(world)
    return world
  }
}

extension SimulationCounts {
  mutating func add(_ other: SimulationCounts) {
    crashes += other.crashes
    cancels += other.cancels
    refusals += other.refusals
    breakers += other.breakers
    lostSpools += other.lostSpools
    foundInSpool += other.foundInSpool
    untoldSpools += other.untoldSpools
    retriesByHand += other.retriesByHand
    brokenSessions += other.brokenSessions
    sessionsThatStay += other.sessionsThatStay
    restarts += other.restarts
    repeatedJobs += other.repeatedJobs
    lostRows += other.lostRows
    otherMachines += other.otherMachines
  }
}
