import CRecordingVFS
import Dispatch
import Glibc
import MissionCore
import SQLite

@testable import Journal

/// A journal at work: missions on legal ways through their states, committed in groups, with checkpoints, a WAL that
/// is begun anew, and journals that are closed and opened again.
struct Workload {
  /// One step of a mission with its one event, and what the mission is afterwards.
  struct Step {
    let change: MissionChange
    let kind: EventKind
    let state: State
  }

  struct State: Hashable {
    let status: MissionStatus
    let checkpoint: Checkpoint
    let retries: Int
  }

  static let opened: Int64 = -1
  static let imported: Int64 = -2
  static let selected: Int64 = -3

  let path: String
  /// Weakens the journal, to see that the check finds it.
  let pragma: String?
  let missions: [ImportedMission]
  let scripts: [[Step]]
  private let order: [Int]
  private var dice: Dice

  init(seed: UInt64, path: String, pragma: String? = nil) {
    self.path = path
    self.pragma = pragma
    var dice = Dice(seed: seed)
    missions = (0..<30).map { Self.mission($0, seed) }
    scripts = missions.map { _ in Self.scripts.randomElement(using: &dice)! }
    order = scripts.enumerated().flatMap { index, steps in steps.map { _ in index } }.shuffled(using: &dice)
    self.dice = dice
  }

  /// Runs everything, recorded from the first to the last write.
  mutating func run() throws {
    recording_begin()
    defer { recording_end() }
    var journal = try open()
    recording_mark(Self.opened)
    _ = try journal.importMissions(missions, at: Self.time)
    recording_mark(Self.imported)
    try journal.beginRun(RunRecord(id: "run-1", startedAt: Self.time))
    _ = try journal.select(run: "run-1", SelectionRule(), at: Self.time)
    recording_mark(Self.selected)
    var next = [Int](repeating: 0, count: missions.count)
    var rest = order[...]
    while !rest.isEmpty {
      let group = rest.prefix(Int.random(in: 1...9, using: &dice))
      rest = rest.dropFirst(group.count)
      submit(group, to: journal, &next)
      switch Int.random(in: 0..<12, using: &dice) {
      case 0: try checkpoint()
      case 1:
        journal.close()
        journal = try open()
      default: break
      }
    }
    journal.close()
  }

  private func open() throws -> Journal {
    let journal = try Journal.open(path: path, busy: .seconds(5))
    if let pragma { try journal.perform { try $0.connection.execute(pragma) } }
    return journal
  }

  /// Submits the next step of each of the missions and waits for the answers.
  private func submit(_ group: ArraySlice<Int>, to journal: Journal, _ next: inout [Int]) {
    let answers = DispatchGroup()
    for index in group {
      let step = scripts[index][next[index]]
      next[index] += 1
      let transition = MissionTransition(
        mission: missions[index].id, change: step.change, events: [JournalEvent(step.kind)], at: Self.time)
      answers.enter()
      journal.submit([.mission(transition)], runID: "run-1") { error in
        // On the journal's thread, so that the mark lies exactly where the step was acknowledged.
        if error == nil { recording_mark(Int64(index)) }
        answers.leave()
      }
    }
    answers.wait()
  }

  /// Folds the WAL into the file; the next write begins the WAL anew over its old frames.
  private func checkpoint() throws {
    let reader = try SQLiteConnection(path: path, mode: .readWrite, busyTimeout: .seconds(5))
    _ = try reader.integer("PRAGMA wal_checkpoint(PASSIVE)")
  }

  // MARK: - Missions and their ways

  private static let time = Timestamp(milliseconds: 1_767_225_600_000)

  private static func mission(_ number: Int, _ seed: UInt64) -> ImportedMission {
    let day = CalendarDay("2025-01-01")!.adding(days: number)
    var dice = Dice(seed: seed &* 1000 &+ UInt64(number))
    let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &dice) }
    let parameters = MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"])
    return (MissionID(digest: bytes), parameters, 0)
  }

  private static let scripts: [[Step]] = [
    starting(0) + scraped(0) + stored(0),
    starting(0) + [step(.retryQueued(code: .jobFailed, message: "m"), .retryQueued, .queued, .scrape, 1)]
      + starting(1) + scraped(1) + stored(1),
    starting(0) + [step(.failed(code: .jobFailed, cause: nil, message: "m"), .failed, .failed, .scrape, 0)],
    [step(.cancelled, .cancelled, .cancelled, .scrape, 0)],
    starting(0) + scraped(0) + [
      step(.requeued(crashes: 0, deferred: false), .resumed, .queued, .db, 0),
      step(.started(worker: nil), .started, .running, .db, 0),
    ] + stored(0),
  ]

  private static func starting(_ retries: Int) -> [Step] {
    [
      step(.started(worker: "w"), .started, .running, .scrape, retries),
      step(.scrapeStarting(worker: "w", proxy: "p:1"), .scrapeStarting, .running, .scrape, retries),
      step(.scrapeStarted(jobID: "job"), .scrapeStarted, .running, .scrape, retries),
    ]
  }

  private static func scraped(_ retries: Int) -> [Step] {
    let change = MissionChange.scrapeCompleted(adsCount: 3, size: 100, sha256: "aa", seconds: 1)
    return [step(change, .scrapeCompleted, .running, .db, retries)]
  }

  private static func stored(_ retries: Int) -> [Step] {
    let done = MissionChange.s3Completed(key: "k", etag: "e", size: 9, sha256: "bb", seconds: 1)
    return [
      step(.dbCompleted(seconds: 1), .dbCompleted, .running, .s3, retries),
      step(done, .s3Completed, .done, .s3, retries),
    ]
  }

  private static func step(
    _ change: MissionChange, _ kind: EventKind, _ status: MissionStatus, _ checkpoint: Checkpoint,
    _ retries: Int
  ) -> Step {
    Step(change: change, kind: kind, state: State(status: status, checkpoint: checkpoint, retries: retries))
  }
}

/// SplitMix64: the same seed, the same numbers.
struct Dice: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
