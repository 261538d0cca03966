import MissionCore
import Ports

/// Which objects the store has, found out with few requests: by listing all that there is when it is little, else the day
/// of each mission. Where listing is refused, nothing is known and each key has to be asked for.
final class StoreSurvey {
  /// What is known of a key.
  enum Knowledge: Hashable { case there, absent, unknown }

  /// Pages of a whole prefix that are listed before its days are listed one by one.
  private static let wholePages = 3

  private let parts: ComparedParts
  /// Prefixes all of whose keys are known.
  private var whole: [String: Set<String>] = [:]
  /// Prefixes that are too large for that, and those that may not be listed.
  private var large: Set<String> = []
  private var refused: Set<String> = []
  /// The days of the missions that were asked for last: missions come by day.
  private var days: [String: Set<String>] = [:]
  private static let mostDays = 64

  init(parts: ComparedParts) { self.parts = parts }

  /// - Throws: when the store cannot be asked now.
  func knowledge(of record: MissionRecord) throws(AuditError) -> Knowledge {
    let key = parts.key(of: record)
    let prefix = AuditObject.keyPrefix(parts.places(record.parameters.source).prefix ?? parts.store.prefix)
    if let keys = try keys(under: prefix, on: record.parameters.dateStart) {
      return keys.contains(key) ? .there : .absent
    }
    return .unknown
  }

  /// Keys of files that are kept beside an object.
  func keptKeys(of record: MissionRecord) throws(AuditError) -> [String] {
    let folder = String(parts.key(of: record).dropLast(".json".count))
    var keys: [String] = []
    _ = try list(folder, atMost: .max) { keys += $0 }
    return keys
  }

  private func keys(under prefix: String, on day: CalendarDay) throws(AuditError) -> Set<String>? {
    if let keys = whole[prefix] { return keys }
    if refused.contains(prefix) { return nil }
    do throws(AuditError) {
      if !large.contains(prefix) {
        var keys: Set<String> = []
        if try list(prefix, atMost: Self.wholePages, { keys.formUnion($0) }) {
          whole[prefix] = keys
          return keys
        }
        large.insert(prefix)
      }
      let place = prefix + "\(day)"
      if let keys = days[place] { return keys }
      if days.count >= Self.mostDays { days.removeAll() }
      var keys: Set<String> = []
      _ = try list(place, atMost: .max) { keys.formUnion($0) }
      days[place] = keys
      return keys
    } catch {
      // Who may read objects need not be allowed to list them.
      guard error.code == .storePermissionDenied else { throw error }
      refused.insert(prefix)
      return nil
    }
  }

  /// False when there are more pages.
  private func list(
    _ prefix: String, atMost pages: Int, _ take: ([String]) -> Void
  ) throws(AuditError) -> Bool {
    var token: String?
    var watch = ListingWatch()
    var count = 0
    repeat {
      guard count < pages else { return false }
      let page = try parts.page(prefix: prefix, token: token)
      try watch.take(page)
      take(page.keys)
      token = page.next
      count += 1
    } while token != nil
    return true
  }
}
