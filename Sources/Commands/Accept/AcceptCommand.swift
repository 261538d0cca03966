import Configuration
import Journal
import MissionCore

/// `accept`: a suspicious result is right; through the live run when there is one.
enum AcceptCommand {
  static func execute(_ options: AcceptOptions, _ context: CommandContext) throws(CommandFailure)
    -> ExitCode
  {
    let configuration = try context.configuration()
    let path = configuration.journal.path
    let found = try MissionLookup.missions(options.missions, journalPath: path)
    let missions = found.map(\.id)
    var outcome = ChangeOutcome()
    switch try JournalHolder.find(configuration, context) {
    case .us(let journal):
      defer { journal.close() }
      for id in missions {
        let refusal = try JournalAccess.failing { () throws(JournalError) in
          try journal.accept(id, at: context.now())
        }
        if let refusal { outcome.refused.append((id, refusal)) } else { outcome.changed += 1 }
      }
    case .liveRun: outcome = try JournalHolder.ask(path, missions) { .accept($0) }
    }
    let answers = context.answers
    let goesOn = found.contains { $0.errorCode == .resultSuspicious } && outcome.changed > 0
    let next = goesOn ? answers.takesThemUp("mission-control run\(context.commandSuffix)") : ""
    return outcome.show(context) { answers.accepted($0) + next }
  }
}
