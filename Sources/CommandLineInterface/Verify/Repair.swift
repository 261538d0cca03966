import Audit
import Destination
import Journal
import MissionCore
import Spool

/// `verify --repair`: writes rows and objects once more where something still has what was scraped, and puts the other
/// missions back to SCRAPE.
struct Repair {
  let context: CommandContext
  let journal: Journal
  let reader: JournalReader
  let outside: Outside
  let spool: SpoolStore

  private var recovery: ByteRecovery { ByteRecovery(outside: outside, spool: spool) }

  /// Finds out what can be done, says it, asks, does it. Nothing is done when the answer is no.
  func run(_ damaged: [MissionID: Damage], _ confirmation: Confirmation) throws -> RepairTally {
    let remedies = try plan(damaged)
    var tally = RepairTally()
    guard !remedies.isEmpty, try confirmation.ask(announcement(remedies)) else { return tally }
    for remedy in remedies {
      guard let record = try reader.mission(remedy.mission), record.status == .done else { continue }
      if try mend(record, remedy) {
        tally.mended += 1
      } else if try putBack(remedy) {
        tally.putBack += 1
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

  /// False when the bytes cannot be had any more.
  private func mend(_ record: MissionRecord, _ remedy: Remedy) throws -> Bool {
    guard let source = remedy.source, let result = try recovery.result(of: record, from: source) else {
      return false
    }
    defer { recovery.discard(record.id) }
    var events: [JournalEvent] = []
    var etag: String?
    if remedy.damage.contains(.rows) { events += try load(record, result, source) }
    if remedy.damage.contains(.object) {
      let object = try put(record, result)
      // It was proved before; should the source have changed since, the object is not what the journal says.
      guard object.sha256 == record.s3SHA256 else { return false }
      etag = object.etag
      events += stored(object, source)
    }
    return try journal.mended(
      record.id, etag: etag, events: events + [JournalEvent(.completed)], at: context.now())
  }

  private func load(
    _ record: MissionRecord, _ result: SpooledResult, _ source: ByteSource
  ) throws -> [JournalEvent] {
    // A ledger row that says the same would make the load do nothing. A crash in between leaves a DONE mission without
    // rows, which the next `verify` finds.
    try outside.remove(record.id)
    let outcome = try outside.load(
      LoadRequest(
        mission: record.id, parameters: record.parameters, runID: runID(record), result: result,
        at: context.now()))
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
        mission: record.id, parameters: record.parameters, runID: runID(record), result: result))
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

  /// Rows that differ go first: a scrape that brings the same bytes must not find them loaded.
  private func putBack(_ remedy: Remedy) throws -> Bool {
    if remedy.damage.contains(.rows) { try outside.remove(remedy.mission) }
    let details: EventDetails = [
      ("checkpoint", .text(Checkpoint.scrape.rawValue)), ("reason", .text("verify --repair")),
    ]
    return try journal.putBack(remedy.mission, details: details, at: context.now())
  }
}
