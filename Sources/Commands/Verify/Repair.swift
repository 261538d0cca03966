import Failpoints
import Journal
import MissionCore
import Ports
import Spool

/// `verify --repair`: writes rows and objects once more where something still has what was scraped, and puts the other
/// missions back to SCRAPE.
struct Repair {
  let context: CommandContext
  let journal: Journal
  let reader: JournalReader
  let outside: Outside
  let spool: SpoolStore

  /// What came of one mission.
  private enum Mending {
    case mended
    /// The bytes cannot be had any more.
    case notPossible
    case differsStill
  }

  private var recovery: ByteRecovery { ByteRecovery(outside: outside, spool: spool) }

  /// Finds out what can be done, says it, asks, does it. Nothing is done when the answer is no.
  func run(_ damaged: [MissionID: Damage], _ confirmation: Confirmation) throws -> RepairTally {
    let remedies = try plan(damaged)
    var tally = RepairTally()
    guard !remedies.isEmpty, try confirmation.ask(announcement(remedies)) else { return tally }
    for remedy in remedies {
      guard let record = try reader.mission(remedy.mission), record.status == .done else { continue }
      switch try mend(record, remedy) {
      case .mended: tally.mended += 1
      case .differsStill: tally.failed += 1
      case .notPossible: if try putBack(remedy) { tally.putBack += 1 }
      }
    }
    return tally
  }

  private func plan(_ damaged: [MissionID: Damage]) throws -> [Remedy] {
    var remedies: [Remedy] = []
    for (id, damage) in damaged.sorted(by: { $0.key < $1.key }) {
      guard let record = try reader.mission(id), record.status == .done else { continue }
      remedies.append(Remedy(mission: id, damage: damage, source: try recovery.source(of: record)))
    }
    return remedies
  }

  private func announcement(_ remedies: [Remedy]) -> [String] {
    let words = context.keeping
    func line(_ text: (String) -> String, _ isCounted: (Remedy) -> Bool) -> [String] {
      let count = remedies.count(where: isCounted)
      return count == 0 ? [] : ["  " + text(context.answers.missions(count))]
    }
    return [words.repairWill]
      + line(words.loadAgain) { $0.source != nil && $0.damage.contains(.rows) }
      + line(words.putAgain) { $0.source != nil && $0.damage.contains(.object) }
      + line(words.scrapeAgain) { $0.source == nil }
  }

  /// The object comes before the rows, and what both are made of stays until both are there. Nothing is removed that is
  /// not replaced in the same step, so that a crash anywhere leaves what the next `verify --repair` needs.
  private func mend(_ record: MissionRecord, _ remedy: Remedy) throws -> Mending {
    guard let source = remedy.source, let result = try recovery.result(of: record, from: source) else {
      return .notPossible
    }
    defer { recovery.discard(record.id) }
    // It was proved before; should the source have changed since, nothing is written over.
    guard try recovery.makesTheObject(result, of: record) else { return .notPossible }
    var events: [JournalEvent] = []
    var etag: String?
    if remedy.damage.contains(.object) {
      let object = try put(record, result)
      Failpoint.reach("repair.object.after")
      guard try isThere(record, object) else { return .differsStill }
      etag = object.etag
      events += stored(object, source)
    }
    if remedy.damage.contains(.rows) {
      let loaded = try load(record, result, source)
      Failpoint.reach("repair.rows.after")
      guard try areThere(record) else { return .differsStill }
      events = loaded + events
    }
    let isDone = try journal.mended(
      record.id, etag: etag, events: events + [JournalEvent(.completed)], at: context.now())
    return isDone ? .mended : .differsStill
  }

  /// Looks again at what was put: a store's word alone is not enough.
  private func isThere(_ record: MissionRecord, _ object: StoredObject) throws -> Bool {
    guard let found = try outside.find(object.key, readingBytes: false) else { return false }
    var expected = record
    expected.s3ETag = object.etag
    return Judgement.store(expected, found, key: object.key) == nil
  }

  private func areThere(_ record: MissionRecord) throws -> Bool {
    let found = try outside.inspect([record.id])[0]
    return Judgement.destination(record, found, rows: .notCompared) == nil
  }

  /// The rows and the ledger row in one transaction, whatever the ledger says now.
  private func load(
    _ record: MissionRecord, _ result: SpooledResult, _ source: ByteSource
  ) throws -> [JournalEvent] {
    let outcome = try outside.load(
      LoadRequest(
        mission: record.id, parameters: record.parameters, runID: runID(record), result: result,
        at: context.now(), replaces: true, sha256: record.sha256))
    return [
      JournalEvent(.resumed, resumed(.db, source)),
      JournalEvent(
        .dbCompleted,
        [
          ("rows", .integer(Int64(outcome.rows))), ("repeated_ids", .integer(Int64(outcome.repeatedIDs))),
          ("loaded_before", .flag(outcome.wasLoadedBefore)),
        ]),
    ]
  }

  private func put(_ record: MissionRecord, _ result: SpooledResult) throws -> StoredObject {
    try outside.put(
      AuditRequest(
        mission: record.id, parameters: record.parameters, runID: runID(record), result: result,
        sha256: record.sha256))
  }

  private func stored(_ object: StoredObject, _ source: ByteSource) -> [JournalEvent] {
    [
      JournalEvent(.resumed, resumed(.s3, source)),
      JournalEvent(
        .s3Completed,
        [
          ("key", .text(object.key)), ("etag", .text(object.etag)), ("size", .integer(object.size)),
          ("s3_sha256", .text(object.sha256)),
        ]),
    ]
  }

  private func resumed(_ checkpoint: Checkpoint, _ source: ByteSource) -> EventDetails {
    [
      ("checkpoint", .text(checkpoint.rawValue)), ("reason", .text("verify --repair")),
      ("source", .text(source.rawValue)),
    ]
  }

  /// As the first time, so that the ledger and the object's metadata are what they were.
  private func runID(_ record: MissionRecord) -> String { record.runID ?? "verify" }

  /// Rows stay until the new scrape replaces them, which it does also when it brings the same bytes.
  private func putBack(_ remedy: Remedy) throws -> Bool {
    if remedy.damage.contains(.rows) { try outside.distrust(remedy.mission) }
    Failpoint.reach("repair.distrust.after")
    let details: EventDetails = [
      ("checkpoint", .text(Checkpoint.scrape.rawValue)), ("reason", .text("verify --repair")),
    ]
    return try journal.putBack(remedy.mission, details: details, at: context.now())
  }
}
