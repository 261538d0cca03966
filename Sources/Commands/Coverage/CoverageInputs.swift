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
  /// The days that are told of; nil when nothing is wanted.
  let days: (first: CalendarDay, last: CalendarDay)?
  /// Rows and files that could not be read: what they want is not known.
  let problems: Int
  /// The files that were read, which are never written over.
  let files: [String]
  private let rows: FileMissions
  private let filter: MissionFilter

  init(
    _ options: CoverageOptions, _ configuration: Configuration, _ context: CommandContext
  ) throws(CommandFailure) {
    var filter = options.selection.filter
    // A range that only touches the days is asked for as well.
    (filter.from, filter.to) = (nil, nil)
    self.filter = filter
    readers = try Self.readers(options, configuration)
    var reading = try WishReading(configuration, filter, context)
    if !options.like.isEmpty { try reading.read(options.like, .wanted) }
    try reading.readConfigured(options.like.isEmpty ? .listed : .known)
    (rows, problems, files) = (reading.rows, reading.problems, reading.files)
    let named = options.like.isEmpty ? reading.namesAny : true
    let (from, to) = (options.selection.from, options.selection.to)
    wanted = WantedDays(named ? .named : .span, from: from?.daysSinceEpoch, to: to?.daysSinceEpoch)
    let bounds = named ? [rows.firstAndLastDay].compactMap(\.self) : try Self.bounds(readers, filter)
    let first = from ?? bounds.map(\.first).min()
    let last = to ?? bounds.map(\.last).max()
    days = if let first, let last, !bounds.isEmpty, first <= last { (first, last) } else { nil }
  }

  /// Sorted streams of all that is known.
  ///
  /// - Parameter areThere: nil when destination and store are not asked.
  func streams(_ areThere: (([SliceRow]) throws -> [Bool])?) throws(JournalError) -> [any MissionStream] {
    var streams: [any MissionStream] = [rows]
    for reader in readers {
      let rows = try reader.sliceRows(filter, withKeys: areThere != nil)
      streams.append(areThere.map { CheckedMissions(rows, areThere: $0) } ?? JournalMissions(rows))
    }
    return streams
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

  private static func bounds(
    _ readers: [JournalReader], _ filter: MissionFilter
  ) throws(CommandFailure) -> [(first: CalendarDay, last: CalendarDay)] {
    var bounds: [(first: CalendarDay, last: CalendarDay)] = []
    for reader in readers {
      let found = try JournalAccess.failing { () throws(JournalError) in try reader.firstAndLastDay(filter) }
      if let found { bounds.append(found) }
    }
    return bounds
  }
}

/// Reads what mission files want.
private struct WishReading {
  let rows: FileMissions
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
  ) throws(CommandFailure) {
    rows = try JournalAccess.failing { () throws(JournalError) in try FileMissions() }
    self.configuration = configuration
    self.filter = filter
    self.context = context
    intake = MissionIntake(MissionSources(configuration.declaredSources)) { context.log.warning($0) }
  }

  /// The files and windows that the configuration leads to; a configuration need not lead to any.
  mutating func readConfigured(_ kind: FileMissions.Kind) throws(CommandFailure) {
    let search = configuration.missionFiles()
    if search.files.isEmpty, !search.unreadable.isEmpty {
      throw CommandFailure(
        .inputErrors, "no mission file can be read: \(search.unreadable.joined(separator: "; "))")
    }
    for line in search.unreadable { intake.refuse(line) }
    try read(search.files, kind, windows: WindowRows.all(configuration, now: context.now()))
  }

  mutating func read(
    _ paths: [String], _ kind: FileMissions.Kind, windows: [WindowRows] = []
  ) throws(CommandFailure) {
    try MissionIntake.requireFiles(paths)
    files += paths
    let (rows, filter) = (rows, filter)
    var foundAny = false
    try intake.stream(MissionFileChoice(files: paths, windows: windows)) { batch in
      foundAny = foundAny || !batch.rows.isEmpty
      for row in batch.rows where filter.takes(row.parameters, id: row.id) {
        try rows.add(row.parameters, kind)
      }
    }
    if foundAny { namesAny = true }
  }
}
