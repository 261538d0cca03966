import MissionCore

/// Which results there are and where: bookkeeping alone, it touches no file.
struct SegmentTable {
  private struct Entry {
    let segment: Segment
    /// Records that must stay, also those whose move into a file is not on disk yet.
    var live = 0
    var isReusable: Bool
  }

  private var entries: [Int: Entry] = [:]
  private(set) var records: [MissionID: RecordPlace] = [:]
  /// Missions with a file of their own, and which start of the mission brought it (0 when that is not known). It counts
  /// more than a record: files only come to be after records of the same mission, and go before a new one is written.
  private(set) var files: [MissionID: Int] = [:]
  /// Missions with bytes that were given up.
  var lost: Set<MissionID> = []
  /// Records of an earlier run whose data are others than were written, or were never written whole.
  var damaged: [MissionID: RecordPlace] = [:]
  private(set) var lastSequence: UInt64 = 0
  private(set) var lastNumber = 0

  var count: Int { entries.count }
  /// Missions with a result, wherever it lies.
  var missions: Set<MissionID> { Set(files.keys).union(records.keys) }
  func hasFile(_ mission: MissionID) -> Bool { files[mission] != nil }
  func hasResult(_ mission: MissionID) -> Bool { hasFile(mission) || records[mission] != nil }
  var numbers: [Int] { Array(entries.keys) }

  func segment(_ number: Int) -> Segment? { entries[number]?.segment }

  func live(in number: Int) -> Int { entries[number]?.live ?? 0 }

  /// Nil when the mission's result is not in a segment.
  func place(of mission: MissionID) -> RecordPlace? { hasFile(mission) ? nil : records[mission] }

  mutating func add(_ segment: Segment) {
    entries[segment.number] = Entry(segment: segment, isReusable: segment.isWhole)
    lastNumber = max(lastNumber, segment.number)
  }

  mutating func removeSegment(_ number: Int) { entries[number] = nil }

  /// After a write that failed: what the file holds behind its acknowledged records is not known.
  mutating func abandon(_ number: Int) { entries[number]?.isReusable = false }

  /// A record that is on disk. Of two records of a mission the later one stays.
  mutating func insert(_ mission: MissionID, _ place: RecordPlace) {
    lastSequence = max(lastSequence, place.sequence)
    if let other = records[mission] {
      guard other.sequence < place.sequence else { return }
      entries[other.segment]?.live -= 1
    }
    records[mission] = place
    entries[place.segment]?.live += 1
  }

  mutating func drop(_ mission: MissionID) {
    guard let place = records.removeValue(forKey: mission) else { return }
    entries[place.segment]?.live -= 1
  }

  mutating func addFile(_ mission: MissionID, attempt: Int) { files[mission] = attempt }

  @discardableResult
  mutating func removeFile(_ mission: MissionID) -> Bool { files.removeValue(forKey: mission) != nil }

  /// A segment that nothing is needed of.
  func free() -> Segment? { entries.values.first { $0.isReusable && $0.live == 0 }?.segment }

  /// The segment that is emptied with the least work; nil when there is none but `active`.
  func leastUsed(besides active: Int?) -> Segment? {
    entries.values.filter { $0.segment.number != active && $0.live > 0 }.min { $0.live < $1.live }?.segment
  }

  /// Its records that have no file of their own yet.
  func records(in number: Int) -> [MissionID: RecordPlace] {
    records.filter { $0.value.segment == number && !hasFile($0.key) }
  }
}
