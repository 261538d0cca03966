import Configuration
import Journal
import MissionCore

/// `rerun`: DONE missions back to PENDING at SCRAPE; what they left outside stays until it is replaced. So are missions
/// that a person names and that FAILED because another scrape's object is there.
enum RerunCommand {
  static func execute(_ options: RerunOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let configuration = try context.configuration()
    let path = configuration.journal.path
    guard let reader = try JournalAccess.reader(path) else {
      if options.missions.isEmpty { return show(ChangeOutcome(), context) }
      throw MissionLookup.unknown(options.missions)
    }
    let named = options.missions.isEmpty ? nil : try MissionLookup.missions(options.missions, reader)
    var outcome = ChangeOutcome()
    let ids =
      try options.onlyLost
      ? LostMissions.ids(filter(options), reader, configuration, context)
      : named?.filter(takes).map(\.id)
    let count: Int
    if let ids { count = ids.count } else { count = try total(options, reader) }
    if count > 0 {
      let confirmation = Confirmation(context: context, isConfirmed: options.isConfirmed)
      guard try confirmation.ask([context.choosing.rerunWill(context.answers.missions(count))]) else {
        return .missionsFailed
      }
      outcome = try putBack(options, ids, reader, configuration, context)
    }
    for mission in named ?? [] where !takes(mission) {
      outcome.refused.append(
        (
          mission.id,
          "is \(mission.status.word): only DONE ones, and those with ERROR405, are run once more"
        ))
    }
    return show(outcome, context)
  }

  private static func takes(_ mission: MissionRecord) -> Bool {
    mission.status == .done || mission.status == .failed && mission.errorCode == .objectDiffers
  }

  private static func putBack(
    _ options: RerunOptions, _ ids: [MissionID]?, _ reader: JournalReader, _ configuration: Configuration,
    _ context: CommandContext
  ) throws(CommandFailure) -> ChangeOutcome {
    switch try JournalHolder.find(configuration, context) {
    case .us(let journal):
      defer { journal.close() }
      var outcome = ChangeOutcome()
      for filter in JournalHolder.portions(of: ids, filter(options)) {
        outcome.changed += try JournalAccess.failing { () throws(JournalError) in
          try journal.rerun(filter, at: context.now())
        }
      }
      return outcome
    case .liveRun(let path):
      let asked: [MissionID]
      if let ids { asked = ids } else { asked = try chosen(options, reader) }
      return try JournalHolder.ask(path, asked) { .rerun($0) }
    }
  }

  private static func show(_ outcome: ChangeOutcome, _ context: CommandContext) -> ExitCode {
    let answers = context.answers
    let next = answers.takesThemUp("mission-control run\(context.commandSuffix)")
    return outcome.show(context) { answers.putBack($0) + (outcome.changed > 0 ? next : "") }
  }

  private static func filter(_ options: RerunOptions) -> MissionFilter {
    var filter = options.selection.filter
    filter.statuses = options.missions.isEmpty ? [.done] : [.done, .failed]
    filter.isSuspicious = options.onlySuspicious
    return filter
  }

  private static func total(_ options: RerunOptions, _ reader: JournalReader) throws(CommandFailure) -> Int {
    try JournalAccess.failing { () throws(JournalError) in try reader.total(filter(options)) }
  }

  private static func chosen(
    _ options: RerunOptions, _ reader: JournalReader
  ) throws(CommandFailure) -> [MissionID] {
    var ids: [MissionID] = []
    try JournalAccess.streaming {
      try reader.eachMission(filter(options)) { mission in
        ids.append(mission.id)
        return true
      }
    }
    return ids
  }
}
