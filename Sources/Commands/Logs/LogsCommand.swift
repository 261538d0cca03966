import Journal
import Kind
import MissionCore
import Threads

/// `logs`: what happened to missions, in the order of time; from the journal, so that it is there whoever threw the log
/// of a run away.
enum LogsCommand {
  /// Between two looks into the journal while a run is followed; longer where a look takes long.
  private static let interval = Duration.seconds(1)

  static func execute(_ options: LogsOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let path = try context.configuration(for: .reading).journal.path
    guard let reader = try JournalAccess.reader(path) else {
      if !options.missions.isEmpty { throw MissionLookup.unknown(options.missions) }
      throw RunLookup.unknown(options.run)
    }
    let mission = try MissionLookup.missions(options.missions, reader).first
    let run =
      mission != nil && options.run == nil && !options.follows
      ? nil : try RunLookup.find(options.run, reader)
    var lines = EventLines(context, WorkFolder(root: WorkFolder.path(besides: path)))
    try JournalAccess.streaming {
      try reader.eachEvent(ofRun: run?.id, of: mission?.id) { event in
        lines.add(event)
        return true
      }
    }
    if let run, options.follows { try follow(run, mission?.id, path, &lines) }
    try lines.addErrors()
    return .success
  }

  /// Until the run has ended. What was written in the millisecond of the last look is looked for once more.
  private static func follow(
    _ run: RunRecord, _ mission: MissionID?, _ path: String, _ lines: inout EventLines
  ) throws(CommandFailure) {
    var isLast = false
    while !isLast {
      // Looked at first: what is written until then is read below.
      isLast = try !JournalAccess.isLive(path)
      let stopwatch = Moment.stopwatch()
      guard let reader = try JournalAccess.reader(path) else { return }
      let since = lines.latest ?? run.startedAt
      let events = try JournalAccess.failing { () throws(JournalError) in
        if try reader.run(id: run.id)?.finishedAt != nil { isLast = true }
        return try reader.events(ofRun: run.id, since: since)
      }
      for event in events where mission == nil || event.mission == mission { lines.add(event) }
      if !isLast { Moment.sleep(for: max(interval, stopwatch() * 4)) }
    }
  }
}
