import Files
import JSONStream
import Journal
import MissionCore

/// The machine-readable report of a run (SPEC 11): `<run_id>.json` in the reports folder.
///
/// Missions are streamed to the file: a million of them need no more memory than ten. Of a run with more than
/// `mostWhole` missions those that were never begun are counted (`missions_omitted`) and not listed, so that it can be
/// written within the seconds that a stop may take.
public enum ResultsFile {
  /// Missions up to which a run is always listed whole.
  public static let mostWhole = 20_000
  static let chunkSize = 256 * 1024

  /// The file's place in the reports folder.
  public static func path(inFolder folder: String, runID: String) -> String { "\(folder)/\(runID).json" }

  /// Writes the file whole or not at all; answers what it tells.
  @discardableResult
  public static func write(
    to path: String, _ source: some ReportSource, _ circumstances: ReportCircumstances,
    from reader: JournalReader
  ) throws(ResultsFailure) -> RunSummary {
    do {
      let file = try AtomicFile(path: path)
      let summary = try stream(source, circumstances, from: reader) { try file.write($0) }
      try file.commit()
      return summary
    } catch { throw ResultsFailure(error) }
  }

  /// As above, from the journal; counts and missions of a run that is listed whole are of one moment, also while it
  /// works. A larger run's are read page by page, so that the journal's WAL need not wait.
  @discardableResult
  public static func write(
    to path: String, runID: String, from reader: JournalReader, _ circumstances: ReportCircumstances
  ) throws(ResultsFailure) -> RunSummary {
    do {
      return try JournalRun.read(runID, reader) { try write(to: path, $0, circumstances, from: reader) }
    } catch { throw ResultsFailure(error) }
  }

  /// Writes the numbers alone, whatever the run's size.
  ///
  /// - Parameter account: of what the file will list in the end.
  public static func writeCounts(
    to path: String, runID: String, _ account: RunAccount, _ circumstances: ReportCircumstances,
    from reader: JournalReader
  ) throws(ResultsFailure) {
    do {
      guard let run = try reader.run(id: runID) else { throw JournalError.missing(what: "run \(runID)") }
      var summary = try RunSummary(run, account, circumstances, reader)
      summary.omitted = run.counts.selected
      var json = JSONWriter(reservingCapacity: 8192)
      ResultsJSON.begin(summary, &json)
      try AtomicFile.write(ResultsJSON.end(summary, &json), to: path)
    } catch { throw ResultsFailure(error) }
  }

  /// Hands the same bytes over in pieces, with a final newline; answers what they tell.
  @discardableResult
  public static func stream(
    _ source: some ReportSource, _ circumstances: ReportCircumstances, from reader: JournalReader,
    to write: ([UInt8]) throws -> Void
  ) throws -> RunSummary {
    var json = JSONWriter(reservingCapacity: chunkSize + 8192)
    var account = RunAccount()
    ResultsJSON.begin(try RunSummary(source.run, account, circumstances, reader), &json)
    try source.eachMission { mission in
      account.add(mission)
      ResultsJSON.add(mission, &json)
      if json.bytes.count >= chunkSize { try write(json.drain()) }
      return true
    }
    let summary = try RunSummary(source.run, account, circumstances, reader)
    try write(ResultsJSON.end(summary, &json))
    return summary
  }
}

extension ResultsFile {
  /// The same of the journal, whichever run did what.
  @discardableResult
  package static func stream(
    _ source: WholeJournal, _ circumstances: ReportCircumstances, to write: ([UInt8]) throws -> Void
  ) throws -> RunSummary {
    var json = JSONWriter(reservingCapacity: chunkSize + 8192)
    var account = RunAccount()
    ResultsJSON.begin(try source.summary(account, circumstances), &json)
    try source.eachMission { mission in
      account.add(mission)
      ResultsJSON.add(mission, &json)
      if json.bytes.count >= chunkSize { try write(json.drain()) }
      return true
    }
    let summary = try source.summary(account, circumstances)
    try write(ResultsJSON.end(summary, &json))
    return summary
  }
}

/// Why a results file was not written.
public enum ResultsFailure: ExitingError {
  case file(FileFailure)
  case journal(JournalError)

  /// `error` as what it means for a report.
  package init(_ error: any Error) {
    switch error {
    case let failure as ResultsFailure: self = failure
    case let failure as FileFailure: self = .file(failure)
    case let failure as JournalError: self = .journal(failure)
    default: self = .journal(.internalFailure(reason: "\(error)"))
    }
  }

  public var message: Message {
    switch self {
    case .file(let failure): return failure.message
    case .journal(let error): return error.message
    }
  }

  /// The exit code of SPEC 4.
  public var exitCode: ExitCode {
    switch self {
    case .file(let failure): return failure.exitCode
    case .journal(let error): return error.exitCode
    }
  }
}
