import Configuration
import Journal
import MissionCore
import MissionFiles

/// The mission files of a run or a plan: the arguments, else what `missions:` leads to, windows too.
package struct MissionFileChoice {
  /// In the order in which they are read.
  package let files: [String]
  /// Read before the files, for what they say of a mission is stronger.
  package let windows: [WindowRows]
  /// Folders and patterns that could not be looked at, with the reasons.
  package let refusals: [Message]
  /// Where the windows stand.
  let configPath: String
  let refresh: RefreshRules
  /// What `--due` makes; nil without it.
  package private(set) var due: DueChoice?

  /// These files and windows and nothing else.
  package init(files: [String], windows: [WindowRows] = []) {
    self.files = files
    self.windows = windows
    refusals = []
    configPath = ""
    refresh = RefreshRules(Configuration(), now: Timestamp(milliseconds: 0))
  }

  /// - Throws: 66 when nothing at all is found though something is named, 65 when it is not known what is there.
  package init(_ options: RunOptions, _ configuration: Configuration, _ context: RunContext)
    throws(CommandFailure)
  {
    let now = context.now()
    configPath = context.configPath
    refresh = RefreshRules(configuration, now: now)
    // With `--due` neither files nor windows count.
    guard options.files.isEmpty, !options.isDue else {
      files = options.files
      windows = []
      refusals = []
      return
    }
    windows = WindowRows.all(configuration, now: now)
    let search = configuration.missionFiles()
    files = search.files
    refusals = search.unreadable
    // Then missions are chosen that no file need name.
    let needsFiles = options.only.isEmpty && !options.includesUnlisted && windows.isEmpty
    if search.files.isEmpty, needsFiles {
      if !search.unreadable.isEmpty {
        throw CommandFailure(
          .inputErrors, "no mission file can be read: \(search.unreadable.joined(by: "; "))")
      }
      if !search.unmatched.isEmpty {
        throw CommandFailure(
          .notFound,
          "missions: leads to no file: \(search.unmatched.map { UntrustedText.quoted($0) }.joined(by: ", "))"
        )
      }
    }
    for pattern in search.unmatched {
      context.log.warning("missions: \(UntrustedText.quoted(pattern)) matches no file")
    }
  }
}

extension MissionFileChoice {
  /// The same with the slots that are due.
  package func making(_ due: DueChoice) -> MissionFileChoice {
    var choice = self
    choice.due = due
    return choice
  }
}

extension WindowRows {
  /// The windows of the configuration, as they are at a moment.
  package static func all(_ configuration: Configuration, now: Timestamp) -> [WindowRows] {
    let sources = MissionSources(configuration.declaredSources)
    let today = now.day(in: configuration.timeZone)
    return configuration.windows.map { window, line in
      WindowRows(window, today: today, line: line, sources: sources)
    }
  }
}

/// Rows as they are read, and where they stand.
package struct MissionBatch {
  package let rows: [MissionRow]
  package let listing: ImportListing

  init(_ rows: [MissionRow], _ listing: ImportListing, origin: String) {
    self.rows = rows
    var listing = listing
    listing.origin = origin
    listing.lines = rows.map(\.line)
    self.listing = listing
  }

  /// As the journal takes them.
  package var missions: [ImportedMission] {
    rows.map { (id: $0.id, parameters: $0.parameters, priority: $0.priority) }
  }
}
