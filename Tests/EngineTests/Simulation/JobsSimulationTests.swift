import MissionCore
import Testing

@testable import Engine

private let seeds = simulationSeeds(500)

@Suite(
  "simulation of a source whose starts can be asked for",
  .timeLimit(.minutes(seeds.count > 500 ? 24 * 60 : 10)))
struct JobsSimulationTests {
  @Test(
    "whatever is lost and wherever it dies: each mission ends, none starts twice where one start is promised, none faster than the pace"
  )
  func everySeed() {
    var totals: [String: Int] = [:]
    for seed in seeds {
      let first = simulate(seed)
      let second = simulate(seed)
      #expect(first.trace.finalize() == second.trace.finalize(), "seed \(seed) gives two traces")
      #expect(first.violations.isEmpty, "seed \(seed): \(first.violations.prefix(4))")
      #expect(first.journal.violations.isEmpty, "seed \(seed): \(first.journal.violations.prefix(4))")
      for (what, count) in first.counts { totals[what, default: 0] += count }
    }
    guard seeds.count > 1 else { return }
    for what in [
      "crashes", "lost answers", "finds", "found", "put off", "unknown starts", "waits",
      "unreadable results",
    ] {
      #expect(totals[what, default: 0] > 20, "\(what) hardly happens: \(totals)")
    }
  }

  private func simulate(_ seed: UInt64) -> JobsWorld {
    let world = JobsWorld(seed: seed)
    for _ in 0..<Int.random(in: 0...5, using: &world.dice) {
      let steps = Int.random(in: 1...120, using: &world.dice)
      if Int.random(in: 0..<4, using: &world.dice) == 0 {
        _ = world.runProcess(stoppingAfter: steps)
      } else {
        _ = world.runProcess(dyingAfter: steps)
      }
    }
    world.faultRate = 0
    let outcome = world.runProcess()
    if outcome?.stop != nil { world.violations.append("the last run was stopped") }
    checkEnd(world)
    checkPace(world)
    return world
  }

  private func checkEnd(_ world: JobsWorld) {
    for id in world.missionIDs {
      guard let record = world.journal.records[id] else { continue }
      switch record.status {
      case .done: break
      case .failed:
        if record.errorCode == .startUnknown { world.count("unknown starts") }
        // Whose source could not be reached three times is taken up by the next run.
        if record.errorCode == .startUnknown, !world.policy.startsOnce {
          world.violations.append("\(id) is given up although it may be repeated")
        }
      // Left by a run that set the source aside.
      case .queued, .pending: world.violations.append("\(id) is left \(record.status)")
      default: world.violations.append("\(id) ends \(record.status)")
      }
      if record.status == .done, world.spool[id]?.sha256 != "sha-\(id)" {
        world.violations.append("\(id) has another mission's result")
      }
    }
  }

  private func checkPace(_ world: JobsWorld) {
    guard let pace = world.policy.pace else { return }
    let span = pace.span.components.seconds * 1000
    for (index, start) in world.sendings.enumerated() {
      let end = start.milliseconds + span
      let inSpan = world.sendings[index...].prefix { $0.milliseconds <= end }.count
      if inSpan > pace.starts {
        world.violations.append("\(inSpan) starts in \(pace.span), not \(pace.starts)")
      }
      if inSpan == pace.starts { world.count("waits") }
    }
  }
}
