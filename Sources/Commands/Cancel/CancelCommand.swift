import Configuration
import Journal
import MissionCore
import Runs

/// `cancel`: ends missions that are not finished, by the live run when there is one.
enum CancelCommand {
  static func execute(_ options: CancelOptions, _ context: CommandContext) throws(CommandFailure)
    -> ExitCode
  {
    let configuration = try context.configuration()
    let path = configuration.journal.path
    let missions = try missions(options, path)
    var outcome = ChangeOutcome()
    switch try JournalHolder.find(configuration, context) {
    case .us(let journal):
      defer { journal.close() }
      LeftPrograms.end(of: missions) { context.log.warning($0) }
      for mission in missions {
        let isCancelled = try JournalAccess.failing { () throws(JournalError) in
          try journal.cancel(mission.id, at: context.now())
        }
        if isCancelled {
          outcome.changed += 1
        } else {
          outcome.refused.append((mission.id, "is \(mission.status.word) already"))
        }
      }
    case .liveRun: outcome = try JournalHolder.ask(path, missions.map(\.id)) { .cancel($0) }
    }
    return outcome.show(context, done: context.answers.cancelled)
  }

  private static func missions(
    _ options: CancelOptions, _ path: String
  ) throws(CommandFailure) -> [MissionRecord] {
    guard options.missions.isEmpty else {
      return try MissionLookup.missions(options.missions, journalPath: path)
    }
    guard let reader = try JournalAccess.reader(path) else { return [] }
    var missions: [MissionRecord] = []
    try JournalAccess.streaming {
      try reader.eachMission(options.filter) { mission in
        missions.append(mission)
        return true
      }
    }
    return missions
  }
}
