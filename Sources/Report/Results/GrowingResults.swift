import Files
import JSONStream
import Journal
import MissionCore
import Synchronization

/// The results file of a run that is too large to be written again and again: missions are added to it as they come
/// to their end, beside the place where it appears, and at the run's end only the numbers and the rest are added.
///
/// Until then `<run_id>.json` has the numbers alone.
///
/// `@unchecked Sendable`: one thread at a time works with it, the one that writes between and, when that has stopped,
/// the one that ends the run. What others look at, the account, has a lock of its own.
public final class GrowingResults: @unchecked Sendable {
  /// Kept free at the file's beginning for the members that are known at the end; they need about half of it.
  private static let headSize = 2048
  /// Missions that are read and written at once.
  private static let page = 500
  private static let opening = Array("\"missions\":[".utf8)

  private let path: String
  private let runID: String
  private let sums = Mutex(RunAccount())
  private var file: AtomicFile?
  /// Ends that are not in the file yet.
  private var waiting: [MissionEnd] = []
  /// Missions that the last pass over the whole journal may have found before their end was told.
  private var foundAlready: Set<MissionID> = []
  private var isFirst = true

  /// - Parameter ended: numbers of missions that ended before the work began.
  public init(path: String, runID: String, ended: [Int64]) {
    self.path = path
    self.runID = runID
    waiting = ended.map { MissionEnd(number: $0, isEnded: true) }
  }

  /// Of the missions that are in the file.
  public var account: RunAccount { sums.withLock { $0 } }

  /// Adds the missions that ended since; stops in between when `isWanted` says no, and goes on the next time.
  public func add(
    _ ends: [MissionEnd], from reader: JournalReader, while isWanted: () -> Bool
  ) throws(ResultsFailure) {
    waiting += ends
    do {
      try begin()
      // What was put back may not stand here as ended. It happens by hand and rarely, so all is written anew.
      if waiting.contains(where: { !$0.isEnded }) { try startAnew(reader, while: isWanted) }
      while !waiting.isEmpty, isWanted() {
        let numbers = waiting.prefix(Self.page).map(\.number)
        let missions = try reader.missions(numbers: numbers)
        try write(missions.filter { $0.status.isFinished && foundAlready.remove($0.id) == nil })
        waiting.removeFirst(numbers.count)
      }
      if waiting.isEmpty { foundAlready = [] }
    } catch { throw ResultsFailure(error) }
  }

  /// Puts the file into its place; answers what it tells. Missions that nobody began are counted only.
  ///
  /// - Parameter isWanted: asked again and again; what is not listed when it says no is counted as omitted.
  public func finish(
    _ circumstances: ReportCircumstances, from reader: JournalReader, while isWanted: () -> Bool
  ) throws(ResultsFailure) -> RunSummary {
    do {
      try begin()
      guard let run = try reader.run(id: runID) else {
        throw JournalError.missing(what: "run \(runID)")
      }
      try reader.eachBegunMission(runID: runID, since: run.startedAt, while: isWanted) { mission in
        try write([mission])
        return isWanted()
      }
      let summary = try summary(circumstances, from: reader)
      var json = JSONWriter(reservingCapacity: 8192)
      ResultsJSON.head(summary, &json)
      let head = json.drain() + [UInt8(ascii: ",")]
      guard head.count <= Self.headSize else { throw FileFailure(path, "its beginning is too long") }
      try file?.overwrite(head, at: 0)
      json = JSONWriter(reservingCapacity: 8192)
      try file?.write(ResultsJSON.end(summary, &json))
      if let file = file.take() { try file.commit() }
      return summary
    } catch { throw ResultsFailure(error) }
  }

  /// What the file would tell.
  public func summary(
    _ circumstances: ReportCircumstances, from reader: JournalReader
  ) throws(JournalError) -> RunSummary {
    guard let run = try reader.run(id: runID) else { throw .missing(what: "run \(runID)") }
    return try RunSummary(run, account, circumstances, reader)
  }

  private func begin() throws(FileFailure) {
    guard file == nil else { return }
    let file = try AtomicFile(path: path)
    try file.write([UInt8](repeating: UInt8(ascii: " "), count: Self.headSize) + Self.opening)
    self.file = consume file
  }

  private func startAnew(_ reader: JournalReader, while isWanted: () -> Bool) throws {
    waiting = []
    foundAlready = []
    sums.withLock { $0 = RunAccount() }
    isFirst = true
    try file?.shorten(to: Self.headSize + Self.opening.count)
    var page: [MissionRecord] = []
    try reader.eachEndedMission(runID: runID) { mission in
      foundAlready.insert(mission.id)
      page.append(mission)
      if page.count == Self.page {
        try write(page)
        page = []
      }
      return isWanted()
    }
    try write(page)
  }

  private func write(_ missions: [MissionRecord]) throws(FileFailure) {
    guard !missions.isEmpty else { return }
    var json = JSONWriter(reservingCapacity: missions.count * 700)
    for mission in missions { ResultsJSON.add(mission, &json) }
    try file?.write(isFirst ? json.drain() : [UInt8(ascii: ",")] + json.drain())
    isFirst = false
    sums.withLock { sums in for mission in missions { sums.add(mission) } }
  }

  /// Brings what was added to the disk; for the thread that has the time.
  public func sync() throws(ResultsFailure) {
    do throws(FileFailure) { try file?.sync() } catch { throw .file(error) }
  }
}
