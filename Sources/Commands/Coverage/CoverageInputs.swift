import Configuration
import Coverage
import Journal
import MissionCore
import MissionFiles
import Runs

/// What `coverage` reads: journals and the files that say what is wanted.
struct CoverageInputs {
  let readers: [JournalReader]
  let wanted: WantedDays
  /// Rows and files that could not be read: what they want is not known.
  let problems: Int
  /// The files that were read, which are never written over.
  let files: [String]
  private let known: KnownMissions
  private let filter: MissionFilter

  init(
    _ options: CoverageOptions, _ configuration: Configuration, _ context: CommandContext
  ) throws(CommandFailure) {
    var filter = options.selection.filter
    // A range that only touches the days is asked for as well.
    (filter.from, filter.to) = (nil, nil)
    self.filter = filter
    readers = try Self.readers(options, configuration)
    var reading = WishReading(configuration, filter, context)
    if !options.like.isEmpty { try reading.read(options.like, .wanted) }
    try reading.readConfigured(options.like.isEmpty ? .listed : .known)
    (known, problems, files) = (reading.known, reading.problems, reading.files)
    let named = options.like.isEmpty ? reading.namesAny : true
    wanted = WantedDays(
      named ? .named : .span, from: options.selection.from?.daysSinceEpoch,
      to: options.selection.to?.daysSinceEpoch)
  }

  /// All that is known, once; what the files say was taken before.
  ///
  /// - Parameter areThere: nil when destination and store are not asked.
  func missions(_ areThere: (([SliceRow.Outside]) throws -> [Bool])?) throws -> KnownMissions {
    for reader in readers {
      if let areThere {
        try known.add(reader, filter, areThere: areThere)
      } else {
        try known.add(reader, filter)
      }
    }
    return known
  }

  /// The days that are told of, once all is read; nil when nothing is wanted.
  var days: (first: CalendarDay, last: CalendarDay)? {
    guard let found = wanted.rule == .named ? known.firstAndLastWanted : known.firstAndLastKnown else {
      return nil
    }
    let first = wanted.from.map { CalendarDay(daysSinceEpoch: $0) } ?? found.first
    let last = wanted.to.map { CalendarDay(daysSinceEpoch: $0) } ?? found.last
    return first <= last ? (first, last) : nil
  }

  private static func readers(
    _ options: CoverageOptions, _ configuration: Configuration
  ) throws(CommandFailure) -> [JournalReader] {
    guard !options.journals.isEmpty else {
      return [try JournalAccess.reader(configuration.journal.path)].compactMap(\.self)
    }
    var readers: [JournalReader] = []
    for path in options.journals {
      guard let reader = try JournalAccess.reader(path) else {
        throw CommandFailure(.notFound, "journal \(path) does not exist")
      }
      readers.append(reader)
    }
    return readers
  }
}

/// Reads what mission files want.
private struct WishReading {
  let known = KnownMissions()
  private(set) var files: [String] = []
  /// Some row was read, whether the options leave it in or not.
  private(set) var namesAny = false
  var problems: Int { intake.problems.count }
  private var intake: MissionIntake
  private let configuration: Configuration
  private let filter: MissionFilter
  private let context: CommandContext

  init(
    _ configuration: Configuration, _ filter: MissionFilter, _ context: CommandContext
  ) {
    self.configuration = configuration
    self.filter = filter
    self.context = context
    intake = MissionIntake(MissionSources(configuration.declaredSources)) { context.log.warning($0) }
  }

  /// The files and windows that the configuration leads to; a configuration need not lead to any.
  mutating func readConfigured(_ kind: KnownMissions.Kind) throws(CommandFailure) {
    let search = configuration.missionFiles()
    if search.files.isEmpty, !search.unreadable.isEmpty {
      throw CommandFailure(
        .inputErrors, "no mission file can be read: \(search.unreadable.joined(by: "; "))")
    }
    for line in search.unreadable { intake.refuse(line) }
    try read(search.files, kind, windows: WindowRows.all(configuration, now: context.now()))
  }

  mutating func read(
    _ paths: [String], _ kind: KnownMissions.Kind, windows: [WindowRows] = []
  ) throws(CommandFailure) {
    try MissionIntake.requireFiles(paths)
    files += paths
    let (known, filter) = (known, filter)
    var foundAny = false
    let choice = MissionFileChoice(files: paths, windows: windows)
    let looksAtIDs = filter.shard != nil || !filter.ids.isEmpty
    try intake.stream(choice, makesIDs: looksAtIDs) { batch in
      foundAny = foundAny || !batch.rows.isEmpty
      for row in batch.rows where filter.takes(row.parameters, id: row.id) {
        try known.add(row.parameters, kind)
      }
    }
    if foundAny { namesAny = true }
  }
}
