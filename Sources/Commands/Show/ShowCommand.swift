import JSONStream
import Journal
import MissionCore
import Report
import Terminal

/// `show`: one mission whole, with its history.
enum ShowCommand {
  static func execute(_ options: ShowOptions, _ context: CommandContext) throws(CommandFailure)
    -> ExitCode
  {
    let path = try context.configuration(for: .reading).journal.path
    guard let reader = try JournalAccess.reader(path) else { throw MissionLookup.unknown(options.missions) }
    let mission = try MissionLookup.missions(options.missions, reader)[0]
    let events = try JournalAccess.failing { () throws(JournalError) in try reader.events(of: mission.id) }
    context.print(
      context.common.output == .json
        ? json(mission, events)
        : MissionDetails(
          mission: mission, events: events, phrases: context.phrases, answers: context.answers,
          choosing: context.choosing,
          style: context.terminal.outputStyle
        ).text)
    return .success
  }

  static func json(_ mission: MissionRecord, _ events: [RecordedEvent]) -> String {
    var json = JSONWriter(reservingCapacity: 4096)
    MissionJSON.write(mission, to: &json) { json in
      json.key("events")
      json.beginArray()
      for event in events {
        json.beginObject()
        json.key("at")
        json.value(event.at.description)
        json.key("run_id")
        json.value(event.runID)
        json.key("event")
        json.value(event.kind.rawValue)
        json.key("details")
        if let details = event.detailsJSON { json.raw(details) } else { json.null() }
        json.endObject()
      }
      json.endArray()
    }
    return json.text + "\n"
  }
}
