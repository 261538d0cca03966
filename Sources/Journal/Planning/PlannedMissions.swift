import MissionCore
import SQLite

/// A mission that files or journal know.
struct PlannedMission {
  let from: Int32
  let to: Int32
  let id: MissionID
  let priority: Int32
  let state: PlanState
}

/// Brings together what files and journal say of each mission.
struct PlannedMissions {
  private let directory: SliceDirectory
  private let entries: DayEntries<PlanEntry>
  private let listings: PlanListings

  init(_ directory: SliceDirectory, _ entries: DayEntries<PlanEntry>, _ listings: PlanListings) {
    self.directory = directory
    self.entries = entries
    self.listings = listings
  }

  /// Every mission once, slice by slice, by first day and last day.
  func each(
    _ filter: MissionFilter, slice begin: (MissionSlice) throws -> Void,
    _ body: (PlannedMission) throws -> Void
  ) throws {
    var found: [DayEntry<PlanEntry>] = []
    try directory.each { slice, number in
      try entries.take(number, into: &found)
      try begin(slice)
      let asked = RowFilter(filter, slice)
      var first = 0
      while first < found.count {
        let end = Self.end(of: &found, from: first)
        try body(mission(found[first..<end], asked))
        first = end
      }
    }
  }

  /// Where the entries end that are of the same mission as the first.
  private static func end(of found: inout [DayEntry<PlanEntry>], from first: Int) -> Int {
    var end = first + 1
    var isOne = true
    while end < found.count, found[end].from == found[first].from, found[end].to == found[first].to {
      if found[end].payload.id != found[first].payload.id { isOne = false }
      end += 1
    }
    if isOne { return end }
    // The same days were known by another id before their source was declared otherwise.
    found[first..<end].sort { ($0.payload.id, $0.place) < ($1.payload.id, $1.place) }
    return found[first..<end].firstIndex { $0.payload.id != found[first].payload.id } ?? end
  }

  /// - Parameter entries: of one mission, in the order in which they came: rows, and what the journal knows.
  private func mission(_ entries: ArraySlice<DayEntry<PlanEntry>>, _ asked: RowFilter) -> PlannedMission {
    var known: PlanEntry?
    var row: (priority: Int32, listing: PlanListings.Listing)?
    // What a window says counts, whatever files say.
    var due: (window: Int64?, file: Int64?) = (nil, nil)
    for entry in entries {
      guard let number = entry.payload.listing else {
        known = entry.payload
        continue
      }
      let listing = listings[number]
      row = (entry.payload.priority, listing)
      guard let before = listing.dueBefore else { continue }
      if listing.isWindow { due.window = max(due.window ?? before, before) }
      if !listing.isWindow { due.file = max(due.file ?? before, before) }
    }
    let first = entries[entries.startIndex]
    let id = first.payload.id
    var state =
      known?.state
      ?? .new(isAsked: asked.takes(from: first.from, to: first.to, id: id, schedule: row?.listing.schedule))
    state.isListed = row != nil
    if let known, state.status == .done, let before = due.window ?? due.file {
      state.isDue = listings.isDue(known.finished, before: before)
    }
    var priority = known?.priority ?? 0
    // Only what was not chosen yet may move in the order; of a mission's rows the last counts.
    if state.status == .pending, let row { priority = row.priority }
    return PlannedMission(from: first.from, to: first.to, id: id, priority: priority, state: state)
  }
}

/// A filter, for missions of one slice that the journal does not know.
private struct RowFilter {
  private let filter: MissionFilter
  private let ids: Set<MissionID>
  private let takesSlice: Bool

  init(_ filter: MissionFilter, _ slice: MissionSlice) {
    self.filter = filter
    ids = Set(filter.ids)
    let isOfSource = filter.sources.isEmpty || filter.sources.contains(slice.source)
    let hasMedia = filter.mediaType == nil || filter.mediaType == slice.mediaType
    let codes = filter.languages.isEmpty ? [] : slice.languageCodes
    let isPending = filter.statuses.isEmpty || filter.statuses.contains(.pending)
    let isOfRuns = filter.runID != nil || !filter.codes.isEmpty || filter.hasFailed || filter.isSuspicious
    takesSlice =
      isOfSource && hasMedia && filter.languages.allSatisfy(codes.contains) && isPending && !isOfRuns
  }

  func takes(from: Int32, to: Int32, id: MissionID, schedule: String?) -> Bool {
    guard takesSlice else { return false }
    if let first = filter.from, from < first.daysSinceEpoch { return false }
    if let last = filter.to, to > last.daysSinceEpoch { return false }
    if !ids.isEmpty, !ids.contains(id) { return false }
    if let shard = filter.shard, !id.belongs(toShard: shard.index, of: shard.count) { return false }
    if let schedules = filter.schedules { return schedule.map(schedules.contains) ?? false }
    return true
  }
}
