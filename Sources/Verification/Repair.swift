import Failpoints
import Journal
import MissionCore
import Ports
import Spool

/// `verify --repair`: writes rows and objects once more where something still has what was scraped, and puts the other
/// missions back to SCRAPE.
package struct Repair {
  let journal: Journal
  let reader: JournalReader
  let parts: ComparedParts
  let spool: SpoolStore
  let now: @Sendable () -> Timestamp

  package init(
    journal: Journal, reader: JournalReader, parts: ComparedParts, spool: SpoolStore,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.journal = journal
    self.reader = reader
    self.parts = parts
    self.spool = spool
    self.now = now
  }

  /// What came of one mission.
  private enum Mending {
    case mended
    /// The bytes cannot be had any more.
    case notPossible
    case differsStill
  }

  private var recovery: ByteRecovery { ByteRecovery(parts: parts, spool: spool) }

  /// Finds out what can be done, asks, does it.
  ///
  /// - Parameter mayRepair: nothing is done when the answer is no.
  package func run(
    _ damaged: [MissionID: Damage], mayRepair: ([PlannedRepair]) throws -> Bool
  ) throws -> RepairTally {
    let repairs = try plan(damaged)
    var tally = RepairTally()
    guard !repairs.isEmpty, try mayRepair(repairs) else { return tally }
    for repair in repairs {
      guard let record = try reader.mission(repair.mission), record.status == .done else { continue }
      switch try mend(record, repair) {
      case .mended: tally.mended += 1
      case .differsStill: tally.failed += 1
      case .notPossible: if try putBack(repair) { tally.putBack += 1 }
      }
    }
    return tally
  }

  private func plan(_ damaged: [MissionID: Damage]) throws -> [PlannedRepair] {
    var repairs: [PlannedRepair] = []
    for (id, damage) in damaged.sorted(by: { $0.key < $1.key }) {
      guard let record = try reader.mission(id), record.status == .done else { continue }
      repairs.append(PlannedRepair(mission: id, damage: damage, source: try recovery.source(of: record)))
    }
    return repairs
  }

  /// The object comes before the rows, and what both are made of stays until both are there. Nothing is removed that is
  /// not replaced in the same step, so that a crash anywhere leaves what the next `verify --repair` needs.
  private func mend(_ record: MissionRecord, _ planned: PlannedRepair) throws -> Mending {
    guard let source = planned.source, let result = try recovery.result(of: record, from: source) else {
      return .notPossible
    }
    defer { recovery.discard(record.id) }
    // It was proved before; should the source have changed since, nothing is written over.
    guard try recovery.makesTheObject(result, of: record) else { return .notPossible }
    var events: [JournalEvent] = []
    var etag: String?
    if planned.damage.contains(.object) {
      let object = try put(record, result)
      Failpoint.reach("repair.object.after")
      guard try isThere(record, object) else { return .differsStill }
      etag = object.etag
      events += stored(object, source)
    }
    if planned.damage.contains(.rows) {
      let loaded = try load(record, result, source)
      Failpoint.reach("repair.rows.after")
      guard try areThere(record) else { return .differsStill }
      events = loaded + events
    }
    let isDone = try journal.mended(
      record.id, etag: etag, events: events + [JournalEvent(.completed)], at: now())
    return isDone ? .mended : .differsStill
  }

  /// Looks again at what was put: a store's word alone is not enough.
  private func isThere(_ record: MissionRecord, _ object: StoredObject) throws -> Bool {
    guard let found = try parts.find(object.key, readingBytes: false) else { return false }
    var expected = record
    expected.s3ETag = object.etag
    return Judgement.store(expected, found, key: object.key) == nil
  }

  private func areThere(_ record: MissionRecord) throws -> Bool {
    let found = try parts.inspect([record.id])[0]
    return Judgement.destination(record, found, rows: .notCompared) == nil
  }

  /// The rows and the ledger row in one transaction, whatever the ledger says now.
  private func load(
    _ record: MissionRecord, _ result: SpooledResult, _ source: ByteSource
  ) throws -> [JournalEvent] {
    var table = parts.places(record.parameters.source).table
    // Where the rows were: the source may have another table since.
    if let name = try parts.inspect([record.id])[0]?.ledger?.table { table.name = name }
    let outcome = try parts.load(
      LoadRequest(
        mission: record.id, parameters: record.parameters, runID: runID(record), result: result, table: table,
        at: now(), replaces: true, sha256: record.sha256))
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
    try parts.put(
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
  private func putBack(_ planned: PlannedRepair) throws -> Bool {
    if planned.damage.contains(.rows) { try parts.distrust(planned.mission) }
    Failpoint.reach("repair.distrust.after")
    let details: EventDetails = [
      ("checkpoint", .text(Checkpoint.scrape.rawValue)), ("reason", .text("verify --repair")),
    ]
    return try journal.putBack(planned.mission, details: details, at: now())
  }
}
