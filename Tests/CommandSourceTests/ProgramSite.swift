import Formats
import Foundation
import MissionCore
import Placeholders
import Ports
import SourceSuite
import Spool
import Synchronization
import TestSupport

@testable import CommandSource

/// A source whose programs are scripts that a test writes, with a spool of its own.
final class ProgramSite: SourceSite {
  let folder = TemporaryFolder()
  let programs: CommandSource
  let store: SpoolStore
  let lines = Mutex<[String]>([])
  private let loss = Loss()

  private final class Loss: Sendable {
    let kind = Atomic<Int>(0)
  }

  init(_ change: (inout CommandSettings) -> Void = { _ in }) throws {
    var settings = CommandSettings()
    settings.name = "programs"
    settings.command = ["/bin/sh", "program.sh"].map { Template(text: $0) }
    settings.directory = folder.path
    settings.ours = ["PATH": "/usr/bin:/bin"]
    settings.capacity = 4
    settings.workFolder = folder.path + "/state/work"
    change(&settings)
    // Told of the log only after all of the site is there.
    final class Told: Sendable {
      let write = Mutex<(@Sendable (String) -> Void)?>(nil)
    }
    let told = Told()
    settings.log = { _, line in told.write.withLock { $0 }?(line.description) }
    store = try SpoolStore(directory: folder.path + "/spool")
    programs = try CommandSource(settings)
    told.write.withLock { $0 = { [weak self] line in self?.lines.withLock { $0.append(line) } } }
  }

  deinit {
    programs.close()
    store.close()
  }

  func write(_ script: String) {
    // A test without its script fails by itself.
    try? Data(script.utf8).write(to: URL(fileURLWithPath: folder.path + "/program.sh"))
  }

  // MARK: The conformance suite's

  var source: any MissionSource { LossySource(programs) { [loss] in loss.kind.load(ordering: .relaxed) } }
  var unreachable: (any MissionSource)? { nil }
  var spool: any ResultSpool { SpoolIntake(store) { _ in } }

  func prepare(_ fate: JobFate) {
    loss.kind.store(fate == .losesAnswer ? 1 : fate == .losesStart ? 2 : 0, ordering: .relaxed)
    switch fate {
    case .runs, .losesAnswer, .losesStart: write("exec sleep 1000")
    case .completes: write("printf '%s' '\(JobFate.records)'")
    case .isEmpty: write("exit 99")
    case .fails: write("echo it is broken >&2; exit 1")
    }
  }

  // MARK: Verbs

  func request(_ mission: Int, attempt: Int = 1, token: String? = nil) -> MissionStart {
    let day = CalendarDay(daysSinceEpoch: Int32(20_000 + mission))
    return MissionStart(
      mission: MissionID(high: 9, low: UInt64(mission)),
      parameters: MissionParameters(dateStart: day, dateEnd: day, mediaType: nil, languages: []),
      attempt: attempt, runID: "run-1", token: token ?? MissionStart.token(.random(in: 0 ... .max)))
  }

  func start(_ request: MissionStart) async -> Result<StartOutcome, SourceFailure> {
    await withCheckedContinuation { continuation in
      programs.start(request, on: "programs", into: spool) { continuation.resume(returning: $0) }
    }
  }

  func look(_ request: MissionStart, atMost: Duration = .seconds(60)) async -> Result<JobLook, SourceFailure>
  {
    let job = SourceJob(id: request.token, lane: "programs", start: request)
    return await withCheckedContinuation { continuation in
      programs.look(at: job, into: spool, atMost: atMost) { continuation.resume(returning: $0) }
    }
  }

  func cancel(_ request: MissionStart) async -> Bool {
    let job = SourceJob(id: request.token, lane: "programs", start: request)
    return await withCheckedContinuation { continuation in
      programs.cancel(job) { continuation.resume(returning: $0) }
    }
  }

  /// What comes of a program that is this script.
  func outcome(_ script: String, mission: Int = 1) async -> Result<JobLook, SourceFailure> {
    write(script)
    let request = request(mission)
    if case .failure(let failure) = await start(request) { return .failure(failure) }
    return await look(request)
  }
}

/// Loses the answer to a start (1), or the start itself (2).
struct LossySource: MissionSource {
  let inner: any MissionSource
  let loss: @Sendable () -> Int

  init(_ inner: any MissionSource, loss: @escaping @Sendable () -> Int) {
    self.inner = inner
    self.loss = loss
  }

  var lanes: [SourceLane] { inner.lanes }
  var health: [HealthCheck] { inner.health }

  func start(
    _ start: MissionStart, on lane: String, into spool: any ResultSpool,
    reply: @escaping @Sendable (Result<StartOutcome, SourceFailure>) -> Void
  ) {
    let lost = SourceFailure(.again, "lost")
    switch loss() {
    case 1: inner.start(start, on: lane, into: spool) { _ in reply(.failure(lost)) }
    case 2: reply(.failure(lost))
    default: inner.start(start, on: lane, into: spool, reply: reply)
    }
  }

  func find(
    _ start: MissionStart, on lane: String, known: [String],
    reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) { inner.find(start, on: lane, known: known, reply: reply) }

  func look(
    at job: SourceJob, into spool: any ResultSpool, atMost wait: Duration,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) { inner.look(at: job, into: spool, atMost: wait, reply: reply) }

  func cancel(_ job: SourceJob, reply: @escaping @Sendable (_ isConfirmed: Bool) -> Void) {
    inner.cancel(job, reply: reply)
  }
}
