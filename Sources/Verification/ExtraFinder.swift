import Journal
import MissionCore
import Ports

/// Goes through what is outside for what the journal does not know. A mission that the destination's ledger vouches for
/// was loaded by us and pruned from the journal since (or is another journal's): it is counted and no difference.
struct ExtraFinder {
  private static let pageSize = 500

  let reader: JournalReader
  let parts: ComparedParts
  let filter: MissionFilter
  let tell: (Difference) -> Void

  /// Answers how many missions the ledger alone knows.
  func findMissions() throws(CommandFailure) -> Int {
    var last: String?
    var pruned = 0
    while true {
      let page = try parts.missions(after: last, limit: Self.pageSize)
      let strange = try unknown(page.compactMap { MissionID($0) })
      let found = try Dictionary(uniqueKeysWithValues: zip(strange, parts.inspect(strange)))
      for name in page {
        guard let id = MissionID(name) else {
          tell(extra("rows of \"\(name)\", which is no mission", nil))
          continue
        }
        guard let loaded = found[id] else { continue }
        if let loaded, loaded.ledger != nil { pruned += 1 }
        Self.difference(id, loaded).map(tell)
      }
      guard page.count == Self.pageSize, let end = page.last else { return pruned }
      guard end != last else {
        throw CommandFailure(.unusable, "destination: its list of missions does not come to an end")
      }
      last = end
    }
  }

  /// What is wrong with a mission of the destination that the journal does not hold.
  static func difference(_ id: MissionID, _ loaded: LoadedMission?) -> Difference? {
    guard let loaded else { return nil }
    guard let ledger = loaded.ledger else {
      return Difference(
        part: .destination, kind: .extra, mission: id,
        message:
          "\(loaded.rowsFound) rows that no ledger row belongs to, of a mission that the journal does not hold"
      )
    }
    guard ledger.rowsCount != loaded.rowsFound else { return nil }
    return Difference(
      part: .destination, kind: loaded.rowsFound < ledger.rowsCount ? .missing : .extra, mission: id,
      message:
        "\(loaded.rowsFound) rows are there, the ledger row of the pruned mission says \(ledger.rowsCount)")
  }

  private func extra(_ message: Message, _ id: MissionID?) -> Difference {
    Difference(part: .destination, kind: .extra, mission: id, message: message)
  }

  /// - Returns: why the store does not list what it has; nil when it does.
  func findObjects() throws(CommandFailure) -> Message? {
    for prefix in prefixes {
      if let refusal = try findObjects(under: prefix) { return refusal }
    }
    return nil
  }

  /// What lies under another one is listed with it.
  private var prefixes: [String] {
    let all = Set(([parts.store.prefix] + parts.prefixes).map(AuditObject.keyPrefix))
    return all.filter { one in !all.contains { $0 != one && one.hasPrefix($0) } }.sorted()
  }

  private func findObjects(under prefix: String) throws(CommandFailure) -> Message? {
    var token: String?
    var watch = ListingWatch()
    repeat {
      let page: ObjectPage
      do throws(AuditError) {
        page = try parts.page(prefix: prefix, token: token)
        try watch.take(page)
      } catch {
        // Who may read objects need not be allowed to list them, and not every server can.
        if error.code == .storePermissionDenied { return error.message }
        throw CommandFailure(.unusable, "store: \(error.code.rawValue) \(error.message)")
      }
      try find(page.keys)
      token = page.next
    } while token != nil
    return nil
  }

  private func find(_ keys: [String]) throws(CommandFailure) {
    let ids = keys.map(Self.mission(inKey:))
    let named = Set(ids.compactMap { $0 })
    let strange = try unknown(Array(named))
    let vouched = try Set(zip(strange, parts.inspect(strange)).filter { $0.1?.ledger != nil }.map(\.0))
    for (key, id) in zip(keys, ids) {
      if let id, !isOurs(id) || vouched.contains(id) { continue }
      if let id, try isKey(key, of: id) { continue }
      tell(
        Difference(
          part: .store, kind: .extra, mission: id, key: key,
          message: "\(key) is no audit object of a mission in the journal"))
    }
  }

  /// The mission that a key `…/<mission id>.json` or `…/<mission id>/<name>` names.
  private static func mission(inKey key: String) -> MissionID? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    if let folder = parts.dropLast().last, let mission = MissionID(folder) { return mission }
    guard key.hasSuffix(".json") else { return nil }
    return MissionID(key.dropLast(5).suffix(36))
  }

  private func isKey(_ key: String, of id: MissionID) throws(CommandFailure) -> Bool {
    let record = try JournalAccess.failing { () throws(JournalError) in try reader.mission(id) }
    guard let record else { return false }
    return key == parts.key(of: record) || record.keptFiles.contains { record.key(of: $0) == key }
      || record.former.files.contains { name in
        record.key(of: KeptFile(name: name, size: 0, sha256: "")) == key
      }
  }

  /// Missions of other shards are in other journals.
  private func isOurs(_ id: MissionID) -> Bool {
    filter.shard.map { id.belongs(toShard: $0.index, of: $0.count) } ?? true
  }

  /// Ours that the journal does not hold.
  private func unknown(_ ids: [MissionID]) throws(CommandFailure) -> [MissionID] {
    let known = try JournalAccess.failing { () throws(JournalError) in try reader.known(ids) }
    return ids.filter { !known.contains($0) && isOurs($0) }
  }
}
