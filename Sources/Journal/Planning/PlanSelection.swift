import MissionCore
import SQLite

/// Which of the planned missions a run would choose, and the pass over them that tells the plan.
struct PlanSelection {
  private let rule: SelectionRule
  private let missions: PlannedMissions
  private let verdicts: PlanVerdicts
  private let bound: Bound

  init(_ rule: SelectionRule, missions: PlannedMissions, verdicts: PlanVerdicts) throws {
    self.rule = rule
    self.missions = missions
    self.verdicts = verdicts
    bound = try Self.bound(rule, missions, verdicts)
  }

  func plan() throws -> MissionPlan {
    var plan = MissionPlan()
    var gaps = GapSweep()
    var source = ""
    try missions.each(rule.filter) { slice in
      source = slice.source
      gaps.begin(
        MissionPlan.Kind(
          mediaType: slice.mediaType, languages: slice.languageCodes, parameters: slice.values,
          source: slice.source))
    } _: { mission in
      let verdict = try verdicts[mission.state]
      let isSelected = verdict.isChosen && bound.takes(key(mission))
      gaps.add(
        from: CalendarDay(daysSinceEpoch: mission.from), to: CalendarDay(daysSinceEpoch: mission.to),
        isSelected: isSelected)
      if mission.state.isListed { plan.listed += 1 }
      count(mission, source, isSelected: isSelected, &plan)
      countOthers(verdict, isSelected: isSelected, &plan.selection)
    }
    gaps.end()
    plan.gaps = gaps.gaps
    return plan
  }

  /// Those of the chosen missions that a run asks destination and store for before it scrapes them.
  func eachAsked(_ body: (MissionID, MissionParameters) throws -> Void) throws {
    var slice: MissionSlice?
    try missions.each(rule.filter) {
      slice = $0
    } _: { mission in
      let state = mission.state
      guard let slice, state.status != .done, state.checkpoint == .scrape, !state.replaces,
        try verdicts[state].isChosen, bound.takes(key(mission))
      else { return }
      try body(
        mission.id,
        slice.mission(
          from: CalendarDay(daysSinceEpoch: mission.from), to: CalendarDay(daysSinceEpoch: mission.to)))
    }
  }

  /// What other options would choose as well.
  private func countOthers(_ verdict: PlanVerdict, isSelected: Bool, _ selection: inout Selection) {
    if isSelected { selection.selected += 1 }
    if !isSelected, verdict.isBaseChosen { selection.more += 1 }
    if verdict.isFailedEarlier { selection.failedEarlier += 1 }
    if verdict.isUnlisted { selection.unlisted += 1 }
    if !isSelected, verdict.isRetryable { selection.retryable += 1 }
    if verdict.isUnlistedAgain { selection.unlistedAgain += 1 }
    if verdict.isUnlistedRetryable { selection.unlistedRetryable += 1 }
  }

  private func count(
    _ mission: PlannedMission, _ source: String, isSelected: Bool, _ plan: inout MissionPlan
  ) {
    let state = mission.state
    guard isSelected else {
      switch state.status {
      case .done: plan.skipped.done += 1
      case .failed: plan.skipped.failed += 1
      case .cancelled: plan.skipped.cancelled += 1
      case .pending, .queued, .running: plan.skipped.notSelected += 1
      }
      return
    }
    plan.selected += 1
    let isDone = state.status == .done
    plan.bySource[source, default: MissionPlan.SourceShare()].selected += 1
    if isDone || state.checkpoint == .scrape {
      plan.bySource[source, default: MissionPlan.SourceShare()].starts += 1
    }
    let (from, to) = (CalendarDay(daysSinceEpoch: mission.from), CalendarDay(daysSinceEpoch: mission.to))
    plan.from = min(plan.from ?? from, from)
    plan.to = max(plan.to ?? to, to)
    if isDone {
      plan.refreshed += 1
      return
    }
    guard state.isBegun else { return }
    switch state.checkpoint {
    case .scrape: plan.resumed.scrape += 1
    case .db: plan.resumed.db += 1
    case .s3: plan.resumed.s3 += 1
    }
  }

  // MARK: The limit

  /// The order of a run with every part ascending.
  private typealias Key = (priority: Int32, day: Int32, id: MissionID)

  /// Where the limit cuts.
  private enum Bound {
    case none
    case nothing
    /// The key of the last mission that is chosen.
    case last(Key)

    func takes(_ key: Key) -> Bool {
      switch self {
      case .none: return true
      case .nothing: return false
      case .last(let last): return key <= last
      }
    }
  }

  private func key(_ mission: PlannedMission) -> Key { Self.key(mission, rule) }

  private static func key(_ mission: PlannedMission, _ rule: SelectionRule) -> Key {
    (~mission.priority, rule.order == .oldest ? mission.from : ~mission.from, mission.id)
  }

  private struct Day: Hashable {
    let priority: Int32
    let day: Int32
  }

  /// First it is counted on which day, of which priority, the limit is reached, then that day's missions are put in order.
  private static func bound(
    _ rule: SelectionRule, _ missions: PlannedMissions, _ verdicts: PlanVerdicts
  ) throws -> Bound {
    guard let limit = rule.limit else { return .none }
    if limit <= 0 { return .nothing }
    func eachChosen(_ body: (Key) -> Void) throws {
      try missions.each(rule.filter) { _ in
      } _: { mission in
        if try verdicts[mission.state].isChosen { body(key(mission, rule)) }
      }
    }
    var days: [Day: Int] = [:]
    try eachChosen { days[Day(priority: $0.priority, day: $0.day), default: 0] += 1 }
    var before = 0
    for (day, count) in days.sorted(by: { ($0.key.priority, $0.key.day) < ($1.key.priority, $1.key.day) }) {
      guard before + count >= limit else {
        before += count
        continue
      }
      var ids: [MissionID] = []
      try eachChosen { if $0.priority == day.priority, $0.day == day.day { ids.append($0.id) } }
      return .last((day.priority, day.day, ids.sorted()[limit - before - 1]))
    }
    // Fewer match than the limit allows.
    return .none
  }
}
