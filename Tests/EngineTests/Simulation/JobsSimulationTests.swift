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
      "crashes", "lost answers", "finds", "found", "put off", "unknown starts", "waits", "unreadable results",
      "second looks", "flags", "held results", "mended by the second look", "found in the spool",
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
        if record.errorCode == .resultSuspicious {
          world.count("held results")
          if world.policy.quality.onSuspicious != .fail { world.violations.append("\(id) is held back") }
          if world.spool[id]?.sha256 != record.sha256 { world.violations.append("\(id) has lost its bytes") }
        }
        if record.errorCode == .startUnknown { world.count("unknown starts") }
        // Whose source could not be reached three times is taken up by the next run.
        if record.errorCode == .startUnknown, !world.policy.startsOnce {
          world.violations.append("\(id) is given up although it may be repeated")
        }
      // Left by a run that set the source aside.
      case .queued, .pending: world.violations.append("\(id) is left \(record.status)")
      default: world.violations.append("\(id) ends \(record.status)")
      }
      if record.status == .done { checkResult(record, world) }
    }
  }

  /// The larger of two looks counts; what is flagged is what deserves it.
  private func checkResult(_ record: MissionRecord, _ world: JobsWorld) {
    let id = record.id
    let seen = world.completed[id] ?? [:]
    guard let taken = seen.values.first(where: { $0.sha256 == record.sha256 }) else {
      return world.violations.append("\(id) has another mission's result")
    }
    if world.loaded[id] != record.sha256 { world.violations.append("\(id) has rows of another scrape") }
    if let looks = world.looks[id] {
      world.count("second looks")
      let best = max(looks.first.adsCount, looks.second.adsCount)
      // A process that died with the second result in its hands may not have found it again.
      if world.counts["crashes"] == nil, taken.adsCount < best {
        world.violations.append("\(id) has \(taken.adsCount) of \(best) records")
      }
      if taken == looks.second, taken.adsCount > looks.first.adsCount {
        world.count("mended by the second look")
      }
    }
    let isWrong = taken.adsCount < 3 && world.policy.quality.onSuspicious != .off
    if isWrong { world.count("flags") }
    if (record.suspicion != nil) != isWrong { world.violations.append("\(id) is flagged \(!isWrong)") }
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
