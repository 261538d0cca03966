import Journal
import MissionCore
import MissionFiles
import Report
import Threads

/// Brings mission files into the journal, telling every row that is refused (SPEC 3).
package struct MissionIntake {
  /// Lines of row errors that are told; the rest is counted.
  static let mostTold = 50

  /// What reports tell of the files.
  package private(set) var problems = InputProblems()
  /// Rows that are no missions.
  package private(set) var rejectedRows = 0
  /// Files and folders of which nothing, or not all, could be read.
  package private(set) var refusedFiles = 0
  /// Why the first of them was refused.
  private(set) var firstRefusal: Message?
  private(set) var new = 0
  private(set) var duplicates = 0
  private let sources: MissionSources
  private let tell: (Message) -> Void
  /// What was kept of inputs that can be read only once.
  private let kept: KeptInputs

  /// Reads every input itself.
  package init(_ sources: MissionSources, tell: @escaping (Message) -> Void) {
    self.init(sources, kept: KeptInputs(), tell: tell)
  }

  /// - Parameters:
  ///   - sources: what the rows may name.
  ///   - kept: inputs that were read before.
  init(_ sources: MissionSources, kept: KeptInputs, tell: @escaping (Message) -> Void) {
    self.sources = sources
    self.kept = kept
    self.tell = tell
  }

  /// Files that do not exist are found before any of them is read.
  package static func requireFiles(_ paths: [String]) throws(CommandFailure) {
    let missing = paths.filter(FileContent.isMissing)
    guard missing.isEmpty else {
      let names = missing.map { UnseenCharacters.told($0, as: $0) }
      throw CommandFailure(.notFound, "no such mission file: \(names.joined(by: ", "))")
    }
  }

  /// Streams the rows of the windows, of the slots that are due and of all files, in their order, and tells what is refused.
  ///
  /// - Parameter makesIDs: false where nobody looks at the ids of rows of files.
  package mutating func stream(
    _ choice: MissionFileChoice, makesIDs: Bool = true, deliver: (MissionBatch) throws -> Void
  ) throws(CommandFailure) {
    for window in choice.windows {
      let listing = choice.refresh.listing(of: window.window)
      do {
        try window.deliver { try deliver(MissionBatch($0, listing, origin: choice.configPath)) }
      } catch { throw Self.failure(of: error) }
    }
    for made in choice.due?.made ?? [] {
      do {
        try made.deliver(sources) { try deliver(MissionBatch($0, made.listing, origin: choice.configPath)) }
      } catch { throw Self.failure(of: error) }
    }
    let listing = choice.refresh.listing
    for path in choice.files {
      try read(path, makesIDs) { try deliver(MissionBatch($0, listing, origin: path)) }
    }
    let untold = problems.count - Self.mostTold
    if untold > 0 { tell("… and \(untold) more") }
  }

  /// - Parameters:
  ///   - choosesNew: the run takes every new mission: it is chosen as it comes.
  ///   - isWanted: asked with every batch of rows; false ends it with 75.
  package mutating func take(
    _ choice: MissionFileChoice, into journal: Journal, runID: String, at time: Timestamp,
    choosesNew: Bool = false,
    while isWanted: () -> Bool = { true }
  ) throws(CommandFailure) {
    var counts = ImportCounts()
    // Of the batch before: while it is imported, the next one is read.
    var underWay: Answer<Result<ImportCounts, JournalError>>?
    try stream(choice) { batch in
      guard isWanted() else {
        // What would be committed now is brought by the next import as well, and a stop does not wait for it.
        try journal.dropImport()
        throw JournalError.stopped
      }
      var listing = batch.listing
      listing.choosesNew = choosesNew
      if let underWay { counts = counts + (try underWay.wait().get()) }
      underWay = journal.beginImport(batch.missions, as: listing, at: time, runID: runID)
    }
    do throws(JournalError) {
      if let underWay { counts = counts + (try underWay.wait().get()) }
      if let due = choice.due { try journal.note(due.notes, runID: runID) }
      counts = counts + (try journal.importMissions([], at: time, runID: runID))
    } catch { throw CommandFailure(error) }
    new = counts.new
    duplicates = counts.duplicates
    problems.duplicates = counts.duplicates
  }

  private mutating func read(
    _ path: String, _ makesIDs: Bool, deliver: ([MissionRow]) throws -> Void
  ) throws(CommandFailure) {
    var refused: [RowError] = []
    do throws(MissionFileFailure) {
      let summary = try MissionFileReader.read(
        path: path, from: kept[path], sources: sources, makesIDs: makesIDs, deliver: deliver
      ) { error in
        refused.append(error)
        if refused.count >= 64 { Self.note(&refused, in: &problems, tell) }
      }
      rejectedRows += summary.rejected
    } catch {
      Self.note(&refused, in: &problems, tell)
      try noteFailure(error)
    }
    Self.note(&refused, in: &problems, tell)
  }

  private mutating func noteFailure(_ failure: MissionFileFailure) throws(CommandFailure) {
    switch failure {
    case .file(let error):
      refuse(error.message)
    case .delivery(let error): throw Self.failure(of: error)
    }
  }

  private static func failure(of error: any Error) -> CommandFailure {
    CommandFailure(wrapping: error)
  }

  /// Something that should hold missions and cannot be read.
  package mutating func refuse(_ line: Message) {
    refusedFiles += 1
    firstRefusal = firstRefusal ?? line
    problems.add(line)
    tell(line)
  }

  private static func note(
    _ refused: inout [RowError], in problems: inout InputProblems, _ tell: (Message) -> Void
  ) {
    for error in refused {
      problems.add(error.message)
      if problems.count <= mostTold { tell(error.message) }
    }
    refused.removeAll(keepingCapacity: true)
  }
}
