import JSONStream
import Journal
import MissionCore
import Report
import Terminal

/// `list`: missions of the journal by date, as a table, JSON or CSV.
enum ListCommand {
  /// Rows whose columns are aligned together, and the largest page that is read at once.
  private static let blockSize = 1000

  static func execute(_ options: ListOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let path = try context.configuration(for: .reading).journal.path
    let reader = try JournalAccess.reader(path)
    switch context.common.output {
    case .json: try writeJSON(options, reader, context)
    case .csv:
      context.print(MissionCSV.header)
      try each(options, reader) { context.print(MissionCSV.row($0)) }
    case .text: try writeText(options, reader, context)
    }
    return .success
  }

  /// The chosen missions in order; nothing when there is no journal yet.
  private static func each(
    _ options: ListOptions, _ reader: JournalReader?, _ body: (MissionRecord) -> Void
  ) throws(CommandFailure) {
    guard let reader else { return }
    try JournalAccess.streaming {
      if options.limit <= blockSize {
        try reader.missions(options.filter, limit: options.limit, offset: options.offset).forEach(body)
        return
      }
      var seen = 0
      try reader.eachMission(options.filter) { mission in
        seen += 1
        if seen > options.offset { body(mission) }
        return seen < options.offset + options.limit
      }
    }
  }

  private static func writeJSON(
    _ options: ListOptions, _ reader: JournalReader?, _ context: CommandContext
  ) throws(CommandFailure) {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("missions")
    json.beginArray()
    try each(options, reader) { mission in
      MissionJSON.write(mission, to: &json)
      if json.bytes.count > 64 * 1024 { context.terminal.output.write(json.drain()) }
    }
    json.endArray()
    json.key("total")
    json.value(try total(options, reader))
    json.key("limit")
    json.value(options.limit)
    json.key("offset")
    json.value(options.offset)
    json.key("summary")
    StatusCountsJSON.write(try summary(options, reader), to: &json)
    json.endObject()
    context.terminal.output.write(json.drain() + [UInt8(ascii: "\n")])
  }

  private static func writeText(
    _ options: ListOptions, _ reader: JournalReader?, _ context: CommandContext
  ) throws(CommandFailure) {
    var block: [MissionRecord] = []
    var shown = 0
    func flush() {
      context.print(
        MissionTable.text(
          block, withHeader: shown == 0, phrases: context.phrases, choosing: context.choosing,
          heads: context.answers.listHeads,
          style: context.terminal.outputStyle))
      shown += block.count
      block.removeAll(keepingCapacity: true)
    }
    try each(options, reader) { mission in
      block.append(mission)
      if block.count == blockSize { flush() }
    }
    if !block.isEmpty { flush() }
    context.print(footer(shown: shown, options, total: try total(options, reader), context))
  }

  private static func footer(
    shown: Int, _ options: ListOptions, total: Int, _ context: CommandContext
  ) -> String {
    let (answers, numbers) = (context.answers, context.phrases.numbers)
    guard shown > 0 else { return (total == 0 ? answers.noMissions : answers.noMissionsHere(total)) + "\n" }
    let last = options.offset + shown
    if options.offset == 0, last >= total { return "\n\(answers.missions(total))\n" }
    let page = answers.page(numbers.count(options.offset + 1), numbers.count(last), total)
    return "\n\(page)\(last < total ? answers.nextPage(last) : "")\n"
  }

  private static func total(_ options: ListOptions, _ reader: JournalReader?) throws(CommandFailure) -> Int {
    guard let reader else { return 0 }
    return try JournalAccess.failing { () throws(JournalError) in try reader.total(options.filter) }
  }

  /// How the missions of the same range, media type and languages stand; status and code do not narrow it.
  private static func summary(
    _ options: ListOptions, _ reader: JournalReader?
  ) throws(CommandFailure) -> StatusCounts {
    guard let reader else { return StatusCounts() }
    return try JournalAccess.failing { () throws(JournalError) in try reader.summary(options.selection.filter)
    }
  }
}
