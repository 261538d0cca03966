import MissionCore
import SQLite

/// What a plan knows of a mission of the journal, or of a row that names one.
struct PlanEntry: BitwiseCopyable {
  private let idHigh: UInt64
  private let idLow: UInt64
  let priority: Int32
  /// Of a mission of the journal `PlanState`; of a row its listing, with the highest bit set.
  private let bits: UInt32
  /// Of a DONE mission of the journal: how many of the moments before which one is due had passed when it was finished.
  let finished: UInt32

  private static let row: UInt32 = 1 << 31

  /// A row of a file.
  init(listing: UInt32, id: MissionID, priority: Int) {
    (idHigh, idLow) = (id.high, id.low)
    self.priority = Int32(clamping: priority)
    bits = Self.row | listing
    finished = 0
  }

  /// A mission of the journal.
  init(_ row: SQLiteStatement, at first: Int32, finished: UInt32) {
    let id = row.missionID(first)
    (idHigh, idLow) = (id.high, id.low)
    priority = Int32(clamping: row.integer(first + 1))
    bits = PlanState(row, at: first + 2).bits
    self.finished = finished
  }

  var id: MissionID { MissionID(high: idHigh, low: idLow) }
  /// Nil for a mission of the journal.
  var listing: Int? { bits & Self.row == 0 ? nil : Int(bits & ~Self.row) }
  /// Nil for a row.
  var state: PlanState? { bits & Self.row == 0 ? PlanState(bits: bits) : nil }
}

/// What the rules of choosing look at, of one mission; as few bits, because a million missions share some dozens of them.
struct PlanState: Hashable {
  private(set) var bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  /// A mission that the journal does not know.
  static func new(isAsked: Bool) -> PlanState { PlanState(bits: isAsked ? Flag.asked : 0) }

  init(_ row: SQLiteStatement, at first: Int32) {
    func bit(_ column: Int32, _ flag: UInt32) -> UInt32 { row.integer(first + column) != 0 ? flag : 0 }
    bits =
      UInt32(truncatingIfNeeded: row.integer(first)) & 7
      | (UInt32(truncatingIfNeeded: row.integer(first + 1)) & 3) << 3
      | bit(2, Flag.begun) | bit(3, Flag.kept) | bit(4, Flag.asked) | bit(5, Flag.replaces)
      | (UInt32(truncatingIfNeeded: row.integer(first + 6)) & 1023) << 16
  }

  private enum Flag {
    static let begun: UInt32 = 1 << 5
    static let kept: UInt32 = 1 << 6
    static let asked: UInt32 = 1 << 7
    static let replaces: UInt32 = 1 << 8
    static let listed: UInt32 = 1 << 9
    static let due: UInt32 = 1 << 10
  }

  var status: MissionStatus { MissionStatus(stored: storedStatus) }
  var storedStatus: Int64 { Int64(bits & 7) }
  var checkpoint: Checkpoint { Checkpoint(stored: Int64(bits >> 3 & 3)) }
  var storedError: Int64 { Int64(bits >> 16 & 1023) }
  /// Some run had begun it.
  var isBegun: Bool { bits & Flag.begun != 0 }
  /// Wanted although no file may name it.
  var isKept: Bool { bits & Flag.kept != 0 }
  /// The rule's filter takes it.
  var isAsked: Bool { bits & Flag.asked != 0 }
  /// What another scrape left outside is to be replaced.
  var replaces: Bool { bits & Flag.replaces != 0 }

  /// A file or a window names it.
  var isListed: Bool {
    get { bits & Flag.listed != 0 }
    set { set(Flag.listed, newValue) }
  }

  /// And it is DONE for so long that it is wanted again.
  var isDue: Bool {
    get { bits & Flag.due != 0 }
    set { set(Flag.due, newValue) }
  }

  private mutating func set(_ flag: UInt32, _ isSet: Bool) { bits = isSet ? bits | flag : bits & ~flag }
}

/// What is said of rows besides the missions themselves; the same of very many.
struct PlanListings {
  struct Listing: Hashable {
    /// DONE missions that were finished before it are due; nil: none is.
    let dueBefore: Int64?
    let isWindow: Bool
    let schedule: String?
  }

  private var listings: [Listing] = []
  private var numbers: [Listing: UInt32] = [:]
  /// Every moment of `dueBefore`, sorted.
  private var moments: [Int64] = []

  subscript(number: Int) -> Listing { listings[number] }

  mutating func number(of listing: ImportListing, source: String) -> UInt32 {
    let key = Listing(
      dueBefore: listing.dueBefore.isEmpty ? nil : listing.dueBefore[source]?.milliseconds,
      isWindow: listing.isWindow, schedule: listing.schedule)
    if let last = listings.last, last == key { return UInt32(listings.count - 1) }
    if let number = numbers[key] { return number }
    let number = UInt32(listings.count)
    listings.append(key)
    numbers[key] = number
    return number
  }

  /// After the last row.
  mutating func end() { moments = Set(listings.compactMap(\.dueBefore)).sorted() }

  /// How many of the moments had passed at that time; all of them without one, so that nothing is due.
  func rank(of time: Int64?) -> UInt32 {
    guard !moments.isEmpty, let time else { return UInt32(moments.count) }
    return UInt32(moments.prefix { $0 <= time }.count)
  }

  /// A mission that was finished at a time of that rank is due again.
  func isDue(_ finished: UInt32, before moment: Int64) -> Bool {
    Int(finished) < moments.count && moments[Int(finished)] <= moment
  }
}
