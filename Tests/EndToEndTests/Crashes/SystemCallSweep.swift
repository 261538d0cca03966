import Foundation
import TestSupport

/// Plays a scenario with kills and errors at single system calls, by strace.
struct SystemCallSweep: Sendable {
  /// What a course came to.
  struct Outcome: Sendable {
    let injection: Injection
    /// How the disturbed try ended.
    let way: Ended.Way
    /// Whether the call was made so often that the harm was done.
    let isDone: Bool
    var problems: [String] = []
  }

  private static let calls = [
    "pwrite64", "write", "fsync", "fdatasync", "rename", "ftruncate", "fallocate", "unlink",
  ]

  let scenario: CrashScenario
  /// What an undisturbed run does to files of the state folder.
  let traced: [SystemCall]
  private let reference: StateReading

  init(_ scenario: CrashScenario) async throws {
    self.scenario = scenario
    let site = try await CrashSite(scenario)
    try site.begin()
    let state = site.site.folder + "/state"
    let trace = site.site.temporary.path + "/trace"
    let tracer = [
      "/usr/bin/strace", "-f", "--seccomp-bpf", "-qq", "-y", "-s", "0", "-o", trace, "-e",
      "trace=\(Self.calls.joined(separator: ","))",
    ]
    let ended = try await site.attempt(0, under: tracer).ended
    let problems =
      scenario.phases[0].problems(ended) + (try site.problems(last: ended, reference: nil, before: []))
    guard problems == [] else { throw ControlClient.Failure(reason: "traced: \(problems)") }
    traced = try TemporaryFolder.text(trace).split(separator: "\n").compactMap {
      SystemCall(line: $0, state: state)
    }
    reference = try site.reading()
  }

  /// How often the busiest thread makes each call, with the file where the file is known before.
  var groups: [(call: String, file: String?, count: Int)] {
    var counts: [Group: [Int: Int]] = [:]
    for call in traced {
      // The names of reports are drawn; renames and removals name two files or none that stays open.
      let isKnown = call.file.map { !$0.hasPrefix("reports/") } ?? false
      let hasFile = ["pwrite64", "write", "fdatasync", "ftruncate", "fallocate"].contains(call.name)
      if hasFile && !isKnown { continue }
      counts[Group(call: call.name, file: hasFile ? call.file : nil), default: [:]][
        call.thread, default: 0] += 1
    }
    return counts.map { ($0.key.call, $0.key.file, $0.value.values.max()!) }
      .sorted { ($0.call, $0.file ?? "") < ($1.call, $1.file ?? "") }
  }

  private struct Group: Hashable {
    let call: String
    let file: String?
  }

  func play(_ injections: [Injection]) async throws -> [Outcome] {
    try await CrashLanes.play(injections, of: scenario) { [scenario, reference] injection, site in
      try site.begin()
      let state = site.site.folder + "/state"
      let told = site.site.temporary.path + "/trace"
      let harmed = try await site.attempt(0, under: injection.tracer(state: state, output: told)).ended
      let isDone =
        try injection.harm == .kill
        ? harmed.way == .signal(SIGKILL) : TemporaryFolder.text(told).contains("(INJECTED)")
      var outcome = Outcome(injection: injection, way: harmed.way, isDone: isDone)
      // All was acknowledged: the journal was being closed. SQLite then leaves its log for the next one.
      let isTooLate =
        injection.file == "journal.sqlite-wal" && harmed.way == .exit(0)
        && access(state + "/journal.sqlite-wal", F_OK) == 0
      if !isTooLate, !injection.allowed(isDone: isDone).contains(harmed.way) {
        outcome.problems.append("ended with \(harmed.way): \(harmed.errors.suffix(600))")
      }
      let reading = try site.reading()
      outcome.problems += reading.problems
      let finished = try await site.attempt(0)
      outcome.problems += scenario.phases[0].problems(finished.ended)
      outcome.problems += try site.problems(last: finished.ended, reference: reference, before: [reading])
      return outcome
    }
  }
}

extension Injection {
  /// How a run may end that meets this harm: killed; or it stops with 73 or 74; or the harm is mended inside the
  /// run (a load that is tried again, a file that could not be removed) or comes too late to matter.
  func allowed(isDone: Bool) -> [Ended.Way] {
    guard isDone else { return [.exit(0)] }
    // The ledger is asked before anything is scraped: out of reach, all missions are left (TRUST 3).
    if harm != .kill, file?.hasPrefix("ads.sqlite") == true {
      return [.exit(69), .exit(73), .exit(74), .exit(0)]
    }
    // SQLite says of the file of its shared memory only that it cannot grow.
    if harm != .kill, file?.hasSuffix("-shm") == true { return [.exit(73), .exit(74), .exit(0)] }
    switch harm {
    case .kill: return [.signal(SIGKILL)]
    case .noSpace: return mustStop ? [.exit(73)] : [.exit(73), .exit(0)]
    case .inputOutput: return mustStop ? [.exit(74)] : [.exit(74), .exit(0)]
    }
  }

  /// A write to the journal's log or to the spool cannot be done without.
  private var mustStop: Bool {
    guard let file, call == "pwrite64" || call == "fdatasync" else { return false }
    return file == "journal.sqlite-wal" || file.hasPrefix("spool/")
  }
}
