import MissionCore
import Synchronization
import TestSupport

@testable import Journal

let start = Timestamp(milliseconds: 1_767_225_600_000)

extension Timestamp {
  func later(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + seconds * 1000) }
}

/// A journal in a folder of its own.
final class Fixture {
  let folder = TemporaryFolder()
  let journal: Journal
  var path: String { folder.path + "/journal.sqlite" }

  init() throws {
    journal = try Journal.open(path: folder.path + "/journal.sqlite", busy: .seconds(1))
  }

  func reader() throws -> JournalReader { try JournalReader(path: path) }

  /// Begins a run and chooses everything that matches.
  @discardableResult
  func run(
    _ id: String, _ filter: MissionFilter = MissionFilter(), order: MissionOrder = .oldest, limit: Int? = nil,
    retryFailed: Bool = false
  ) throws -> Int {
    try journal.beginRun(RunRecord(id: id, startedAt: start))
    return try journal.select(
      run: id, SelectionRule(filter: filter, order: order, limit: limit, retriesFailed: retryFailed),
      at: start
    ).selected
  }

  func write(
    _ id: MissionID, _ change: MissionChange, _ events: [JournalEvent] = [], run: String? = nil,
    at time: Timestamp = start
  ) throws(JournalError) {
    let transition = MissionTransition(mission: id, change: change, events: events, at: time)
    try journal.write([.mission(transition)], runID: run)
  }

  /// From QUEUED to the end of a checkpoint, or to DONE.
  func advance(_ id: MissionID, through last: Checkpoint, run: String? = nil, ads: Int = 3) throws {
    try write(id, .started(worker: "worker-1"), run: run)
    try write(id, .scrapeStarting(worker: "worker-1", proxy: "proxy:1"), run: run)
    try write(id, .scrapeStarted(jobID: "job-1"), run: run)
    try write(id, .scrapeCompleted(adsCount: ads, size: 100, sha256: "aa", seconds: 1.5), run: run)
    if last == .scrape { return }
    try write(id, .dbCompleted(seconds: 0.25), run: run)
    if last == .db { return }
    try write(id, .s3Completed(key: "k", etag: "e", size: 120, sha256: "bb", seconds: 0.5), run: run)
  }
}

/// A mission that begins `day` days after 2025-01-01; equal arguments make equal ids.
func mission(
  _ day: Int, languages: [String] = ["pt"], type: MediaType = .video, days: Int = 1, priority: Int = 0
) -> ImportedMission {
  let first = CalendarDay("2025-01-01")!.adding(days: day)
  let parameters = MissionParameters(
    dateStart: first, dateEnd: first.adding(days: days - 1), mediaType: type, languages: languages)
  // Not the real digest: any bytes that depend on the content will do, and scatter like one.
  var random = Scatter(seed: 0)
  var bytes: [UInt8] = []
  for byte in parameters.canonicalLine().utf8 { random.mix(UInt64(byte)) }
  for _ in 0..<16 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
  return (MissionID(digest: bytes), parameters, priority)
}

/// SplitMix64.
struct Scatter: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func mix(_ value: UInt64) { state = next() ^ value }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The error of a body that should throw one.
func failure(_ body: () throws -> Void) -> JournalError? {
  do { try body() } catch { return error as? JournalError }
  return nil
}
