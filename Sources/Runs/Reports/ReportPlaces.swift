import Files
import Journal
import MissionCore
import Report

/// Finds out before any work whether reports can be written where they are to be, and puts the folder of reports in
/// order.
package enum ReportPlaces {
  /// The files that the command line names.
  package static func require(_ options: RunOptions) throws(CommandFailure) {
    do throws(FileFailure) {
      for path in [options.reportFile?.path, options.metricsFile] {
        if let path { try OutputPlace.requireWritable(path) }
      }
    } catch { throw CommandFailure(error) }
  }

  /// Beside the journal.
  package static func folder(journalPath: String) -> String {
    guard let slash = journalPath.lastIndex(of: "/") else { return "./reports" }
    return journalPath[..<slash] + "/reports"
  }

  /// Creates the folder, clears it of what runs of this journal that were killed while writing left, and finishes the
  /// report of the last run when that was killed. The caller holds the journal's lock, and has changed nothing yet of
  /// what the last run left.
  static func prepare(folder: String, runID: String, journalPath: String, _ context: RunContext)
    throws(CommandFailure)
  {
    do throws(FileFailure) {
      try Folder.makeLast(folder)
      try OutputPlace.requireWritable(ResultsFile.path(inFolder: folder, runID: runID))
    } catch { throw CommandFailure(error) }
    finishKilledRun(journalPath: journalPath, context)
  }

  /// Writes the report of the last run as the journal has it, when that run was killed: its missions are about to
  /// become another's, and reports never change (SPEC 11). What cannot be written is told and changes nothing else.
  package static func finishKilledRun(journalPath: String, _ context: RunContext) {
    let folder = folder(journalPath: journalPath)
    do {
      let reader = try JournalReader(path: journalPath)
      AtomicFile.removeTemporaries(in: folder) { run in
        // A journal that cannot say is not asked to forget anything.
        (try? reader.run(id: run)) != nil
      }
      guard let run = try reader.latestRun(), run.finishedAt == nil else { return }
      let path = ResultsFile.path(inFolder: folder, runID: run.id)
      let stored = StoredReport(path: path, runID: run.id)
      if let stored, stored.isFinal { return }
      try Folder.makeLast(folder)
      var circumstances = ReportCircumstances(now: context.now())
      circumstances.commandSuffix = context.commandSuffix
      if let stored {
        circumstances.inputs = stored.summary.inputs
        circumstances.advice = stored.summary.advice
      }
      try ResultsFile.write(to: path, runID: run.id, from: reader, circumstances)
    } catch {
      // A journal that was never used has no such run.
      if case .missing = error as? JournalError { return }
      context.log.warning(
        "the report of the run before could not be finished: \(CommandFailure(wrapping: error).message)")
    }
  }
}
