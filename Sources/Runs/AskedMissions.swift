import Journal
import MissionCore

/// The missions of a run that destination and store are asked for, page by page: what is QUEUED at SCRAPE and was not put
/// back by a person or a rule.
struct AskedMissions {
  private static let pageSize = 500

  private let journal: Journal
  /// Opened for the first page that needs it.
  private var reader: JournalReader?
  private let order: MissionOrder
  private var cursor: ClaimCursor?
  /// Where only these need to be asked for.
  private var present: ArraySlice<MissionID>?
  private var isOver = false

  /// - Parameter present: all that destination and store have anything of, where that is known.
  init(_ journal: Journal, order: MissionOrder, present: Set<MissionID>?) {
    self.journal = journal
    self.order = order
    self.present = present.map { $0.sorted()[...] }
  }

  /// The next page, which may be empty; nil behind the last.
  mutating func next() throws(JournalError) -> [MissionRecord]? {
    guard !isOver else { return nil }
    return try page().filter { $0.checkpoint == .scrape && !$0.former.replaces }
  }

  private mutating func page() throws(JournalError) -> [MissionRecord] {
    guard let ids = present?.prefix(Self.pageSize) else {
      let (page, next) = try journal.claim(after: cursor, order: order, limit: Self.pageSize)
      cursor = next
      isOver = next == nil
      return page
    }
    present?.removeFirst(ids.count)
    isOver = present?.isEmpty ?? true
    guard !ids.isEmpty else { return [] }
    var filter = MissionFilter()
    filter.ids = Array(ids)
    filter.statuses = [.queued]
    return try opened().missions(filter, limit: ids.count, order: order)
  }

  private mutating func opened() throws(JournalError) -> JournalReader {
    if let reader { return reader }
    let opened = try JournalReader(path: journal.path)
    reader = opened
    return opened
  }
}
