import Journal
import MissionCore

/// Journals and reports of several shards, machines or times as one report: by mission, never by counts (TRUST 4).
///
/// Everything is read twice: first it is found out which entry of each mission counts, then those are given. Between the
/// two a live run may change its journal: what is given then is as it is then.
package final class MergedReport: ReportSource {
  private struct Choice {
    var precedence: MergePrecedence
    var input: Int32
    /// Among the input's reports.
    var report: Int32
  }

  package let run: RunRecord
  /// With the missions of each part counted.
  package let survey: ShardSurvey
  /// What the report tells beside the missions.
  package let summary: RunSummary
  /// Of its missions, by the workers of each part.
  package let account: RunAccount
  private let inputs: [MergeInputs.Input]
  private let chosen: [MissionID: Choice]

  /// - Parameters:
  ///   - exitCode: what it means for who asks, by the parts that are there.
  package init(_ inputs: MergeInputs, now: Timestamp, exitCode: (ShardSurvey) -> Int) throws {
    self.inputs = inputs.inputs
    var chosen: [MissionID: Choice] = [:]
    var parts: [ShardSurvey.Part] = []
    for (place, input) in inputs.inputs.enumerated() {
      var part = input.part
      try Self.eachEntry(of: input) { mission, report in
        let isOfShard =
          part.shard.map { mission.id.belongs(toShard: $0.index, of: $0.count) } ?? true
        if isOfShard { part.missions += 1 }
        let choice = Choice(
          precedence: MergePrecedence(mission), input: Int32(place), report: Int32(report))
        if let before = chosen[mission.id], !choice.precedence.isStronger(than: before.precedence) { return }
        chosen[mission.id] = choice
      }
      parts.append(part)
    }
    self.chosen = chosen
    survey = ShardSurvey(parts)
    var account = RunAccount()
    var counts = RunCounts()
    try Self.eachChosen(inputs.inputs, chosen, namesLanes: true) { mission in
      account.add(mission)
      counts.add(mission)
      return true
    }
    let told = try inputs.inputs.map(Self.told)
    let started = told.compactMap(\.started).min() ?? now
    var run = RunRecord(id: "merged", startedAt: started)
    run.finishedAt = told.contains { $0.isLive } ? nil : told.compactMap(\.finished).max() ?? now
    counts.selected += told.reduce(0) { $0 + $1.omitted }
    run.counts = counts
    run.exitCode = exitCode(survey)
    self.run = run
    self.account = account
    var summary = RunSummary(
      run: run, exitCode: run.exitCode,
      wallSeconds: max(0, (run.finishedAt ?? now).seconds(since: run.startedAt)))
    account.fill(&summary)
    summary.merged = survey
    self.summary = summary
  }

  package func eachMission(_ body: (MissionRecord) throws -> Bool) throws {
    try Self.eachChosen(inputs, chosen, namesLanes: false, body)
  }

  /// The same with workers named by their parts, as `2/8 worker-1`: a lane for each.
  package var withLanes: some ReportSource { Lanes(report: self) }

  private struct Lanes: ReportSource {
    let report: MergedReport
    var run: RunRecord { report.run }

    func eachMission(_ body: (MissionRecord) throws -> Bool) throws {
      try MergedReport.eachChosen(report.inputs, report.chosen, namesLanes: true, body)
    }
  }

  /// The history of a mission, where the journal that it is taken from is there.
  package func events(of mission: MissionID) throws -> [RecordedEvent] {
    guard let choice = chosen[mission], case .journal(let reader) = inputs[Int(choice.input)].content else {
      return []
    }
    return try reader.events(of: mission)
  }

  // MARK: Reading

  /// Each mission that the input knows, once, with the place of the report that tells of it.
  private static func eachEntry(
    of input: MergeInputs.Input, _ body: (MissionRecord, _ report: Int) throws -> Void
  ) throws {
    switch input.content {
    case .journal(let reader):
      try reader.eachMission(MissionFilter()) { mission in
        try body(mission, 0)
        return true
      }
    case .reports(let reports):
      // Of a journal's own reports the newest counts, whatever it says.
      var seen: Set<MissionID> = []
      for (place, report) in reports.enumerated() {
        try report.eachMission { mission in
          if seen.insert(mission.id).inserted { try body(mission, place) }
          return true
        }
      }
    }
  }

  private static func eachChosen(
    _ inputs: [MergeInputs.Input], _ chosen: [MissionID: Choice], namesLanes: Bool,
    _ body: (MissionRecord) throws -> Bool
  ) throws {
    for (place, input) in inputs.enumerated() {
      var goesOn = true
      let label = namesLanes ? input.part.label : nil
      func give(_ mission: MissionRecord, _ report: Int) throws -> Bool {
        guard let choice = chosen[mission.id], choice.input == Int32(place), choice.report == Int32(report)
        else { return true }
        var mission = mission
        if let label { mission.worker = mission.worker.map { "\(label) \($0)" } }
        goesOn = try body(mission)
        return goesOn
      }
      switch input.content {
      case .journal(let reader): try reader.eachMission(MissionFilter()) { try give($0, 0) }
      case .reports(let reports):
        for (number, report) in reports.enumerated() where goesOn {
          try report.eachMission { try give($0, number) }
        }
      }
      guard goesOn else { return }
    }
  }

  /// What an input tells of its runs.
  private static func told(
    _ input: MergeInputs.Input
  ) throws -> (started: Timestamp?, finished: Timestamp?, isLive: Bool, omitted: Int) {
    switch input.content {
    case .journal(let reader):
      let runs = try reader.runs(limit: 1_000)
      let isLive = try runs.first?.finishedAt == nil && JournalLock.isHeld(journal: reader.path)
      return (
        runs.last?.startedAt, runs.compactMap { $0.finishedAt ?? $0.aliveAt }.max(), isLive, 0
      )
    case .reports(let reports):
      return (
        reports.map(\.run.startedAt).min(), reports.compactMap(\.run.finishedAt).max(), false,
        reports[0].summary.omitted
      )
    }
  }
}

extension RunCounts {
  /// What the missions themselves say.
  fileprivate mutating func add(_ mission: MissionRecord) {
    selected += 1
    switch mission.status {
    case .done:
      done += 1
      ads += Int64(mission.adsCount ?? 0)
      // No lane has it, and nobody knows how long it took.
      if mission.worker == nil, mission.scrapeSeconds == nil { recovered += 1 }
    case .failed: failed += 1
    case .cancelled: cancelled += 1
    case .pending, .queued, .running: break
    }
  }
}
