import Foundation
import TestServers
import Testing

/// Kills the program at every failpoint, and again at every failpoint of its recovery (FAULTS, Process).
///
/// `CRASH_SWEEP=all` plays every pair instead of a drawn share; `CRASH_SWEEP_SEED` draws another share;
/// `CRASH_COURSE=0:journal.commit.after:3,0:recovery.requeue.before:1` plays one course of the backfill.
@Suite(.serialized, .timeLimit(CrashVariables.limit)) struct CrashSweepTests {
  private static let pairsOfBackfill = 140
  private static let pairsOfStaying = 60
  private static let pairsOfPostgres = 30
  private static let pairsOfFolder = 30
  private static let pairsOfSources = 30
  private static let pairsOverHTTP = 20

  @Test("a backfill killed at any failpoint, and again while it recovers, ends as one left alone")
  func backfill() async throws { try await sweep(.backfill, pairs: Self.pairsOfBackfill) }

  @Test("results that stay for a later run survive a kill at any failpoint, and another while it recovers")
  func staying() async throws { try await sweep(.staying, pairs: Self.pairsOfStaying) }

  @Test("the same with a folder as the store")
  func folder() async throws { try await sweep(.backfillIntoFolder, pairs: Self.pairsOfFolder) }

  @Test("jobs of an HTTP API and programs with kept files survive the same, and no job is started twice")
  func otherSources() async throws { try await sweep(.jobsAndPrograms, pairs: Self.pairsOfSources) }

  @Test(
    "the same with a writer and a server of files", .enabled(if: CrashScenario.reasonToSkipHTTP == nil))
  func overHTTP() async throws { try await sweep(.backfillOverHTTP, pairs: Self.pairsOverHTTP) }

  @Test(
    "the same with PostgreSQL as the destination",
    .enabled(if: PostgresServer.isInstalled, "PostgreSQL is missing: apt-get install postgresql"))
  func postgres() async throws {
    try await sweep(.backfill(into: try PostgresServer()), pairs: Self.pairsOfPostgres)
  }

  private func sweep(_ scenario: CrashScenario, pairs limit: Int) async throws {
    let began = ContinuousClock.now
    let sweep = try await FailpointSweep(scenario)
    let points = sweep.calm.sorted { $0.key < $1.key }.flatMap { $1.points(ofPhase: $0) }
    let singles = try await sweep.play(points.map { .init(crashes: [$0]) })
    expectClean(singles)
    // The first hit of a failpoint cannot be missed.
    let missed = singles.filter { $0.crashed == 0 && $0.course.crashes[0].nth == 1 }.map(\.course.name)
    #expect(missed == [])

    let all = singles.filter { $0.crashed == 1 }.flatMap(pairs)
    let chosen = CrashVariables.playsAll ? all : draw(limit, of: all)
    let doubles = try await sweep.play(chosen)
    expectClean(doubles)
    let crashed = singles.filter { $0.crashed == 1 }.count
    let twice = doubles.filter { $0.crashed == 2 }.count
    #expect(twice > chosen.count * 3 / 4, "only \(twice) of \(chosen.count) pairs crashed twice")
    let violations = (singles + doubles).reduce(0) { $0 + $1.problems.count }
    let names = Set(points.map(\.name)).count
    print(
      "crash sweep, \(scenario.name): \(names) failpoints, \(crashed) crash points, \(twice) of \(all.count) pairs, "
        + "\(violations) violations, \((ContinuousClock.now - began) / .seconds(1)) s")
  }

  /// The crashes that may follow the one of this course: at the points that its recovery came to.
  private func pairs(_ single: FailpointSweep.Outcome) -> [FailpointSweep.Course] {
    let first = single.course.crashes[0]
    let seconds = single.recovered[first.phase]!.points(ofPhase: first.phase)
    return seconds.map { .init(crashes: [first, $0]) }
  }

  private func draw(_ count: Int, of courses: [FailpointSweep.Course]) -> [FailpointSweep.Course] {
    var dice = SeededDice(state: CrashVariables.seed)
    // Every first crash has pairs in the share: the courses lie grouped by it.
    let step = max(1, Double(courses.count) / Double(count))
    return stride(from: 0.0, to: Double(courses.count), by: step).map { place in
      let width = min(step, Double(courses.count) - place)
      return courses[Int(place + Double.random(in: 0..<width, using: &dice))]
    }
  }

  private func expectClean(_ outcomes: [FailpointSweep.Outcome]) {
    for outcome in outcomes where outcome.problems != [] {
      Issue.record("CRASH_COURSE=\(outcome.course.name): \(outcome.problems.joined(separator: "; "))")
    }
  }

  @Test(
    "the course that CRASH_COURSE names ends as one left alone",
    .enabled(if: CrashVariables.course != nil, "CRASH_COURSE is not set"),
    arguments: [CrashScenario.backfill, .staying, .backfillIntoFolder, .jobsAndPrograms])
  func oneCourse(scenario: CrashScenario) async throws {
    let points = CrashVariables.course!.split(separator: ",").map { text in
      let parts = text.split(separator: ":")
      return CrashPoint(phase: Int(parts[0])!, name: String(parts[1]), nth: Int(parts[2])!)
    }
    let sweep = try await FailpointSweep(scenario)
    expectClean(try await sweep.play([.init(crashes: points)]))
  }
}

/// The same draws for the same seed.
struct SeededDice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
