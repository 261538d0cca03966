import CommandLine
import MissionCore

/// Options of `report`.
struct ReportOptions: CommandOptions, Equatable {
  /// A run's id or the beginning of it; nil is the latest run.
  var run: RunReference?
  /// Journals, state folders and report files to put together; empty tells of one run.
  var merged: [String] = []
  /// Of the journal, whichever run did what; also when something below is chosen.
  var isOfAll = false
  var sources: [String] = []
  var from: CalendarDay?
  var to: CalendarDay?
  /// Where to write the report as a page; nil prints it.
  var htmlFile: String?
}

extension ReportCommand: MissionCommand {
  static var spec: CommandSpec<ReportOptions> {
    CommandSpec(
      name: "report", arguments: .upToOne("RUN"),
      summary: "the report of a run again, also as a page",
      details: [
        """
        Prints the report of the latest run, or of RUN, from what the journal holds: as text, or with \
        --output json as the report file of state/reports. The beginning of a run's id is enough. A \
        mission belongs to the run that chose it last.
        """,
        """
        With --all, or one of --source, --from and --to, it tells of the missions of the journal instead, whichever run \
        did them, and of the one command that leads on.
        """,
        """
        --html writes one self-contained page instead, to be opened in a browser: a calendar of the \
        backfill, ads per day, what each worker did, failures and what to type next, every mission with \
        its history. It needs no network and reads without JavaScript.
        """,
        """
        --merge makes one report of several journals, state folders (those of shards inside are found) or report \
        files: by mission, DONE before FAILED, RUNNING, QUEUED, CANCELLED, PENDING. A folder's journal is stronger \
        than its reports, and a journal that is given twice counts once. A shard that is missing, or that two \
        journals are of, is named, and the command ends with 1.
        """,
      ],
      options: [
        .values("merge", "PATH…", "journals, state folders or report files to put together") {
          options, text, _ throws(ValueProblem) in
          options.merged.append(try OptionReading.path(text))
        },
        .flag("all", "every mission of the journal, whichever run did it") { $0.isOfAll = true },
        .value("source", "NAME", "only missions of this source; may be repeated", isRepeatable: true) {
          options, text, _ throws(ValueProblem) in
          options.sources.append(try OptionReading.source(text))
        },
        .value("from", "D", "missions that start on this day or later: YYYY-MM-DD, today, yesterday, -7d") {
          options, text, context throws(ValueProblem) in
          options.from = try OptionReading.day(text, context)
        },
        .value("to", "D", "missions that end on this day or earlier; relative days are those of time_zone") {
          options, text, context throws(ValueProblem) in
          options.to = try OptionReading.day(text, context)
        },
        .value("html", "FILE", "write the report as a page") { options, text, _ throws(ValueProblem) in
          options.htmlFile = try OptionReading.path(text)
        },
      ],
      examples: [
        .init("mission-control report", "what the last run did"),
        .init("mission-control report --html report.html", "to look at, or to send to a colleague"),
        .init("mission-control report --merge state", "all shards whose folders lie there, as one"),
        .init("mission-control report 20260131 --output json", "an earlier one, for another program"),
        .init("mission-control report --all --from 2025-01-01 --html 2025.html", "a whole backfill"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout ReportOptions, _ common: CommonOptions
  ) throws(UsageError) {
    if let argument = arguments.first {
      guard options.merged.isEmpty else { throw UsageError("RUN and --merge exclude each other") }
      do throws(ValueProblem) { options.run = try RunReference.read(argument) } catch {
        throw UsageError("RUN \(error.message)")
      }
    }
    if let from = options.from, let to = options.to, to < from {
      throw UsageError("--to \(to) is before --from \(from)")
    }
    if options.run != nil, options.tellsJournal {
      throw UsageError("report takes RUN, or --all with --source, --from and --to, not both")
    }
    if options.htmlFile != nil, common.output == .json {
      throw UsageError("--html and --output json exclude each other")
    }
  }
}

extension ReportOptions {
  /// Whether it is about the journal and not about one run.
  var tellsJournal: Bool { isOfAll || !sources.isEmpty || from != nil || to != nil }

  var filter: MissionFilter {
    var filter = MissionFilter()
    filter.sources = sources
    filter.from = from
    filter.to = to
    return filter
  }

  /// The options that choose, as other commands take them.
  var choice: String {
    var words = sources.map { " --source " + ShellWord.quoted($0) }
    if let from { words.append(" --from \(from)") }
    if let to { words.append(" --to \(to)") }
    return words.joined()
  }
}
