import Files
import Journal
import MissionCore
import Report

/// The report of a run as one self-contained page (SPEC 4): markup with totals, failures and missions, which
/// reads without a script, and a script with its data that adds calendar, charts, filters and histories.
///
/// The page is streamed: a million missions need no more memory than ten. All of it is of one moment, also
/// while the run works.
package struct HTMLReport {
  /// Missions that somebody has to look at and that a page of more than `MissionRows.mostListed` lists, at most.
  static let mostTroubled = 5000
  /// How often a page of a live run is written, and reads itself again.
  package static let refreshInterval = Duration.seconds(5)

  private let phrases: HTMLPhrases
  private let circumstances: ReportCircumstances

  package init(_ circumstances: ReportCircumstances, phrases: HTMLPhrases) {
    self.circumstances = circumstances
    self.phrases = phrases
  }

  private struct Unwanted: Error {}

  /// Writes the file whole or not at all, from the journal; answers its size in bytes. All of it is of one moment, also
  /// while the run works.
  ///
  /// - Parameters:
  ///   - account: of the run's missions, when somebody has added them up already.
  ///   - isWanted: asked again and again; when it says no the file is given up and the answer is 0.
  @discardableResult
  package func write(
    to path: String, runID: String, from reader: JournalReader, account: RunAccount? = nil,
    while isWanted: () -> Bool = { true }
  ) throws(ResultsFailure) -> Int {
    do {
      return try reader.atOneMoment {
        let run = try JournalRun(runID: runID, reader)
        let account = try account ?? run.account()
        var summary = try RunSummary(run.run, account, circumstances, reader)
        summary.isSuperseded = circumstances.isSuperseded
        return try write(to: path, run, summary, account, from: reader, while: isWanted)
      }
    } catch { throw ResultsFailure(error) }
  }

  /// As above, of a run that is over, from its stored report; only histories and calendar come from the journal.
  @discardableResult
  package func write(
    to path: String, _ report: StoredReport, from reader: JournalReader
  ) throws(ResultsFailure) -> Int {
    do {
      var summary = report.summary
      summary.commandSuffix = circumstances.commandSuffix
      summary.isSuperseded = circumstances.isSuperseded
      let account = try report.account()
      return try reader.atOneMoment {
        try write(to: path, report, summary, account, from: reader) { true }
      }
    } catch { throw ResultsFailure(error) }
  }

  /// Of several shards as one, with a lane for each worker of each.
  @discardableResult
  package func write(to path: String, _ merged: MergedReport) throws(ResultsFailure) -> Int {
    do {
      return try write(to: path, merged.withLanes, merged.summary, merged.account, from: merged) { true }
    } catch { throw ResultsFailure(error) }
  }

  /// As above, of the whole journal.
  @discardableResult
  package func write(
    to path: String, _ source: WholeJournal, from reader: JournalReader
  ) throws(ResultsFailure) -> Int {
    do {
      let account = try source.account()
      let summary = try source.summary(account, circumstances)
      return try write(to: path, source, summary, account, from: reader) { true }
    } catch { throw ResultsFailure(error) }
  }

  private func write(
    to path: String, _ source: some ReportSource, _ summary: RunSummary, _ account: RunAccount,
    from histories: any MissionHistories, while isWanted: () -> Bool
  ) throws -> Int {
    var size = 0
    do {
      let file = try AtomicFile(path: path)
      try stream(source, summary, account, from: histories, while: isWanted) { bytes in
        guard isWanted() else { throw Unwanted() }
        size += bytes.count
        try file.write(bytes)
      }
      try file.commit()
    } catch is Unwanted { return 0 }
    return size
  }

  /// Hands the page's bytes over in pieces.
  private func stream(
    _ source: some ReportSource, _ summary: RunSummary, _ account: RunAccount,
    from histories: any MissionHistories, while isWanted: () -> Bool, to write: ([UInt8]) throws -> Void
  ) throws {
    let source = ListedMissions(source, all: account.listed, most: circumstances.mostMissions)
    let page = HTMLPage(
      summary: summary, failures: account.failures.sorted, rates: account.ended, listed: account.listed,
      circumstances: circumstances, phrases: phrases)
    let calendar = try histories.calendar(limit: HTMLData.mostKinds, while: isWanted)
    try write(Array(try page.beginning(calendar).html.utf8))
    try MissionTableHTML(phrases).stream(source, listed: account.listed, to: write)
    try write(Array(page.middle.html.utf8))
    try HTMLData(summary, circumstances, phrases, calendar).stream(source, from: histories, to: write)
    try write(Array(page.end.utf8))
  }
}

/// The missions that a page lists: all, or those that failed or look wrong when they are too many.
struct ListedMissions: ReportSource {
  let run: RunRecord
  let isWhole: Bool
  private let source: any ReportSource

  init(_ source: any ReportSource, all: Int, most: Int) {
    self.source = source
    run = source.run
    isWhole = all <= most
  }

  func eachMission(_ body: (MissionRecord) throws -> Bool) throws {
    guard !isWhole else { return try source.eachMission(body) }
    var count = 0
    try source.eachTroubled { mission in
      count += 1
      return try body(mission) && count < HTMLReport.mostTroubled
    }
  }
}

extension ReportCircumstances {
  /// Missions that a page lists at most.
  var mostMissions: Int { isHurried ? ResultsFile.mostWhole : MissionRows.mostListed }
}
