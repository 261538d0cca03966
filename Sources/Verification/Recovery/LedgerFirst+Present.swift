import MissionCore
import Ports

// Where there is little beside what a run has chosen, asking what is there is quicker than asking for each mission.
extension LedgerFirst {
  private static let pageSize = 1000

  /// The missions that ledger or store have anything of, and perhaps some that they do not; nil when there are more than
  /// `limit`, or when it cannot be told: then each mission is asked for.
  ///
  /// - Parameter sources: what missions may name.
  package func present(of sources: [String], atMost limit: Int) -> Set<MissionID>? {
    var found: Set<MissionID> = []
    // What fails here is met again, and told, when the missions are asked for.
    do {
      try addRecorded(to: &found, atMost: limit)
      for prefix in Set(sources.map(prefix(of:))) where found.count <= limit {
        try addStored(under: prefix, to: &found, atMost: limit)
      }
    } catch { return nil }
    return found.count <= limit ? found : nil
  }

  private func addRecorded(
    to found: inout Set<MissionID>, atMost limit: Int
  ) throws(CommandFailure) {
    var last: String?
    repeat {
      let page = try parts.missions(after: last, limit: Self.pageSize)
      found.formUnion(page.compactMap { MissionID($0) })
      last = page.count == Self.pageSize ? page.last : nil
    } while last != nil && found.count <= limit
  }

  private func addStored(
    under prefix: String, to found: inout Set<MissionID>, atMost limit: Int
  ) throws(AuditError) {
    var token: String?
    var watch = ListingWatch()
    repeat {
      let page = try parts.page(prefix: prefix, token: token)
      try watch.take(page)
      found.formUnion(page.keys.compactMap(AuditObject.mission(ofKey:)))
      token = page.next
    } while token != nil && found.count <= limit
  }

  private func prefix(of source: String) -> String {
    AuditObject.keyPrefix(parts.places(source).prefix ?? parts.store.prefix)
  }
}
