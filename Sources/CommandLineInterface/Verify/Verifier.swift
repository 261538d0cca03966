import Journal
import MissionCore

/// Reconciles journal, destination and store: goes through the DONE missions page by page, so that memory does not
/// grow with their number, and through what is outside for what the journal does not know.
struct Verifier {
  /// Missions that are looked at together.
  private static let pageSize = 500

  let reader: JournalReader
  let outside: Outside
  let options: VerifyOptions
  let filter: MissionFilter
  /// Called for every difference, in an order that stays the same.
  let tell: (Difference) -> Void
  /// Called after each page with the missions looked at.
  let progress: (Int) -> Void

  /// Answers how many missions were looked at.
  func run() throws(CommandFailure) -> Int {
    if options.looksForExtras {
      try findExtraMissions()
      try findExtraObjects()
    }
    var last: MissionID?
    var looked = 0
    while true {
      let page = try JournalAccess.failing { () throws(JournalError) in
        try reader.done(filter, after: last, limit: Self.pageSize)
      }
      guard let end = page.last else { return looked }
      try verify(page)
      looked += page.count
      progress(looked)
      last = end.id
    }
  }

  private func verify(_ page: [MissionRecord]) throws(CommandFailure) {
    let loaded = try outside.inspect(page.map(\.id))
    let outside = outside
    let isQuick = options.isQuick
    let judged = Crew.map(Array(zip(page, loaded)), atOnce: options.atOnce) { record, found in
      Result { () throws(CommandFailure) in
        let rowsMatch = isQuick || found?.ledger == nil ? nil : try outside.rowsMatch(record)
        let key = record.s3Key ?? outside.store.key(of: record.id, record.parameters)
        let object = try outside.find(key, readingBytes: !isQuick)
        return [
          Judgement.destination(record, found, rowsMatch: rowsMatch),
          Judgement.store(record, object, key: key),
        ].compactMap { $0 }
      }
    }
    for result in judged { try result.get().forEach(tell) }
  }

  // MARK: What the journal does not know

  private func findExtraMissions() throws(CommandFailure) {
    var last: String?
    while true {
      let page = try outside.missions(after: last, limit: Self.pageSize)
      let known = try known(page.compactMap { MissionID($0) })
      for name in page {
        let id = MissionID(name)
        if let id, known.contains(id) || !isOurs(id) { continue }
        tell(
          Difference(
            part: .destination, kind: .extra, mission: id,
            message: id == nil
              ? "rows of \"\(name)\", which is no mission" : "the journal does not hold this mission"))
      }
      guard page.count == Self.pageSize, let end = page.last else { return }
      last = end
    }
  }

  private func findExtraObjects() throws(CommandFailure) {
    var token: String?
    repeat {
      let page = try outside.list(token: token)
      let ids = page.keys.map(Self.mission(inKey:))
      let records = try known(ids.compactMap { $0 })
      for (key, id) in zip(page.keys, ids) {
        if let id, !isOurs(id) { continue }
        if let id, records.contains(id), try isKey(key, of: id) { continue }
        tell(
          Difference(
            part: .store, kind: .extra, mission: id, key: key,
            message: "\(key) is no audit object of a mission in the journal"))
      }
      token = page.next
    } while token != nil
  }

  /// The mission that a key `…/<mission id>.json` names.
  private static func mission(inKey key: String) -> MissionID? {
    guard key.hasSuffix(".json") else { return nil }
    return MissionID(key.dropLast(5).suffix(36))
  }

  private func isKey(_ key: String, of id: MissionID) throws(CommandFailure) -> Bool {
    let record = try JournalAccess.failing { () throws(JournalError) in try reader.mission(id) }
    guard let record else { return false }
    return key == record.s3Key || key == outside.store.key(of: id, record.parameters)
  }

  /// Missions of other shards are in other journals.
  private func isOurs(_ id: MissionID) -> Bool {
    filter.shard.map { id.belongs(toShard: $0.index, of: $0.count) } ?? true
  }

  private func known(_ ids: [MissionID]) throws(CommandFailure) -> Set<MissionID> {
    try JournalAccess.failing { () throws(JournalError) in try reader.known(ids) }
  }
}
