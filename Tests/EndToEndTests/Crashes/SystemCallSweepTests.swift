import Foundation
import Testing

/// Kills the program at single system calls, and lets them fail with a full or a broken disk (FAULTS, Process).
///
/// Every call of every kind with `CRASH_SWEEP=all`, a spread of them otherwise.
@Suite(
  .serialized, .enabled(if: CrashVariables.mayTrace, "strace is missing: apt-get install strace"),
  .timeLimit(CrashVariables.limit))
struct SystemCallSweepTests {
  private static let kills = 100
  private static let errors = 100
  /// Of each for the jobs of an HTTP API. Programs are left out: strace would harm them as well.
  private static let ofJobs = 40

  @Test("a backfill killed at any write, fsync or rename ends as one left alone")
  func kills() async throws { try await kills(.backfill, Self.kills) }

  @Test("a backfill whose disk fills up or fails at any write stops resumably and loses nothing")
  func errors() async throws { try await errors(.backfill, Self.errors) }

  @Test("jobs of an HTTP API killed at any write, fsync or rename are started once and end as if left alone")
  func killsOfJobs() async throws { try await kills(.httpJobs, Self.ofJobs) }

  @Test("jobs of an HTTP API whose disk fills up or fails are started once and lose nothing")
  func errorsOfJobs() async throws { try await errors(.httpJobs, Self.ofJobs) }

  private func kills(_ scenario: CrashScenario, _ count: Int) async throws {
    let sweep = try await SystemCallSweep(scenario)
    let all = sweep.groups.flatMap { group in
      (1...group.count).map { Injection(call: group.call, file: group.file, nth: $0, harm: .kill) }
    }
    try await play(Self.spread(count, of: all), of: all.count, on: sweep, "kills")
  }

  private func errors(_ scenario: CrashScenario, _ count: Int) async throws {
    let sweep = try await SystemCallSweep(scenario)
    let all = sweep.groups.flatMap { group in
      (1...group.count).flatMap { Self.harms(call: group.call, file: group.file, nth: $0) }
    }
    try await play(Self.spread(count, of: all), of: all.count, on: sweep, "errors")
  }

  /// A sync never says that the disk is full, as the space was taken by the write before.
  private static func harms(call: String, file: String?, nth: Int) -> [Injection] {
    let canFill = !["fsync", "fdatasync", "unlink", "ftruncate"].contains(call)
    let isOurs = file.map { $0.hasPrefix("journal") || $0.hasPrefix("spool") } ?? false
    var harms = [Injection(call: call, file: file, nth: nth, harm: .inputOutput)]
    if canFill { harms.append(Injection(call: call, file: file, nth: nth, harm: .noSpace)) }
    // A disk that stays full; of a destination's file that is more than its retries can mend.
    if canFill && isOurs {
      harms.append(Injection(call: call, file: file, nth: nth, harm: .noSpace, lasts: true))
    }
    return harms
  }

  private func play(
    _ chosen: [Injection], of total: Int, on sweep: SystemCallSweep, _ what: String
  ) async throws {
    let began = ContinuousClock.now
    let outcomes = try await sweep.play(chosen)
    for outcome in outcomes where outcome.problems != [] {
      Issue.record("\(outcome.injection): \(outcome.problems.joined(separator: "; "))")
    }
    let done = outcomes.filter(\.isDone)
    #expect(done.count > chosen.count * 3 / 4, "only \(done.count) of \(chosen.count) calls were reached")
    let stopped = done.filter { $0.way != .exit(0) }.count
    let violations = outcomes.reduce(0) { $0 + $1.problems.count }
    print(
      "system call sweep: \(done.count) of \(total) \(what), \(stopped) stopped the run, \(violations) violations, "
        + "\((ContinuousClock.now - began) / .seconds(1)) s")
  }

  private static func spread(_ count: Int, of all: [Injection]) -> [Injection] {
    guard !CrashVariables.playsAll, all.count > count else { return all }
    return (0..<count).map { all[$0 * all.count / count] }
  }
}
