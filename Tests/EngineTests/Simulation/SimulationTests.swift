import Engine
import Glibc
import MissionCore
import Testing

/// Seeds tried; `SIMULATION_SEEDS` asks for more, `SIMULATION_SEED` for exactly one.
private func seeds() -> [UInt64] {
  func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
  if let one = number("SIMULATION_SEED") { return [one] }
  return Array(1...(number("SIMULATION_SEEDS") ?? 2000))
}

@Suite("deterministic simulation of the engine")
struct SimulationTests {
  @Test("after crashes, stops and faults every mission ends as it should, and the same seed gives the same trace")
  func everySeed() {
    var crashes = 0
    var missions = 0
    for seed in seeds() {
      let first = simulate(seed: seed)
      let second = simulate(seed: seed)
      crashes += first.crashes
      missions += first.journal.records.count
      #expect(first.trace == second.trace, "seed \(seed) gives two traces; SIMULATION_SEED=\(seed) repeats it")
      #expect(
        first.violations.isEmpty && first.journal.violations.isEmpty,
        "SIMULATION_SEED=\(seed) repeats it: \(first.violations.prefix(3)) \(first.journal.violations.prefix(3))")
    }
    print("simulation: \(seeds().count) seeds, \(missions) missions, \(crashes) crashes")
  }

  /// Some processes that die or are stopped, then one without faults that must finish everything.
  private func simulate(seed: UInt64) -> SimulatedWorld {
    let world = SimulatedWorld(seed: seed)
    for _ in 0..<Int.random(in: 0...6, using: &world.dice) {
      let steps = Int.random(in: 1...[10, 60, 300].randomElement(using: &world.dice)!, using: &world.dice)
      let isStop = Int.random(in: 0..<4, using: &world.dice) == 0
      _ = world.runProcess(dyingAfter: isStop ? nil : steps, stopAfter: isStop ? steps : nil)
    }
    world.faultRate = 0
    if let outcome = world.runProcess(dyingAfter: nil), outcome.failure != nil {
      world.violations.append("the last run broke off: \(outcome)")
    }
    world.checkEnd()
    return world
  }
}

extension SimulatedWorld {
  /// Invariants I2, I3, I4 and I6 of the specification's fault table.
  func checkEnd() {
    for record in journal.records.values {
      if !record.status.isFinished { violations.append("\(record.id) is left \(record.status) at \(record.checkpoint)") }
      if record.attempts > 1 + policy.maxRetries { violations.append("\(record.attempts) attempts") }
      let isLoaded = ledger[record.id] != nil
      if record.status == .done {
        if ledger[record.id] != record.sha256 { violations.append("\(record.id) is DONE without its rows") }
        if objects[record.id] != record.sha256 { violations.append("\(record.id) is DONE without its object") }
        if spool[record.id] != nil { violations.append("\(record.id) is DONE and still spooled") }
      }
      if record.checkpoint == .s3, !isLoaded { violations.append("\(record.id) is past DB without rows") }
      if objects[record.id] != nil, !isLoaded { violations.append("\(record.id) has an object without rows") }
      let completions = journal.histories[record.id, default: []].filter { $0 == .completed }.count
      if completions > (record.status == .done ? 1 : 0) { violations.append("\(completions) COMPLETED events") }
    }
    for worker in workers.values where worker.mostLiveJobs > worker.capacity {
      violations.append("\(worker.name) ran \(worker.mostLiveJobs) of \(worker.capacity) jobs")
    }
  }
}
