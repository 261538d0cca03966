import Configuration
import Journal
import MissionCore

/// `retry`: FAILED and CANCELLED missions back to PENDING, at the checkpoint that failed.
enum RetryCommand {
  static func execute(_ options: RetryOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let configuration = try context.configuration()
    let path = configuration.journal.path
    guard let reader = try JournalAccess.reader(path) else {
      if options.missions.isEmpty { return show(ChangeOutcome(), context) }
      throw MissionLookup.unknown(options.missions)
    }
    let named = options.missions.isEmpty ? nil : try MissionLookup.missions(options.missions, reader)
    var outcome = ChangeOutcome()
    switch try JournalHolder.find(configuration, context) {
    case .us(let journal):
      defer { journal.close() }
      for filter in filters(options, ids: named?.filter(isReopened).map(\.id)) {
        outcome.changed += try JournalAccess.failing { () throws(JournalError) in
          try journal.retry(filter, at: context.now())
        }
      }
    case .liveRun:
      if let named {
        outcome = try JournalHolder.ask(path, named.filter(isReopened).map(\.id)) { .retry($0) }
      } else {
        outcome = try JournalHolder.ask(path, try chosen(options, reader)) { .retry($0) }
      }
    }
    for mission in named ?? [] where !isReopened(mission) {
      outcome.refused.append(
        (mission.id, "is \(mission.status.word): only FAILED and CANCELLED ones are put back"))
    }
    return show(outcome, context)
  }

  private static func isReopened(_ mission: MissionRecord) -> Bool {
    mission.status == .failed || mission.status == .cancelled
  }

  private static func show(_ outcome: ChangeOutcome, _ context: CommandContext) -> ExitCode {
    let answers = context.answers
    let next = answers.takesThemUp("mission-control run\(context.commandSuffix)")
    return outcome.show(context) { answers.putBack($0) + (outcome.changed > 0 ? next : "") }
  }

  /// What to ask the journal for: one filter, or one for each portion of ids.
  static func filters(_ options: RetryOptions, ids: [MissionID]?) -> [MissionFilter] {
    var filter = options.selection.filter
    filter.statuses = options.onlyFailed ? [.failed] : [.failed, .cancelled]
    if ids != nil { return JournalHolder.portions(of: ids, filter) }
    filter.codes = options.codes
    return [filter]
  }

  private static func chosen(
    _ options: RetryOptions, _ reader: JournalReader
  ) throws(CommandFailure) -> [MissionID] {
    var ids: [MissionID] = []
    try JournalAccess.streaming {
      for filter in filters(options, ids: nil) {
        try reader.eachMission(filter) { mission in
          ids.append(mission.id)
          return true
        }
      }
    }
    return ids
  }
}
