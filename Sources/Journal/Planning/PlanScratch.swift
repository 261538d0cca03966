import MissionCore
import SQLite

/// Works out what a run would do, without writing the journal.
///
/// The rows of the files and the missions of the journal are brought together by what they ask for, which is what their
/// ids are made of: each is one small entry, sorted by slice and days (`DayEntries`). One pass over these tells the plan. So
/// a million missions are neither joined by their ids nor sorted as rows of texts.
///
/// For one thread. What was put away on disk goes with the object.
public final class PlanScratch {
  private let journal: SQLiteConnection?
  private let path: String
  private let directory: SliceDirectory
  private let entries: DayEntries<PlanEntry>
  private var listings = PlanListings()
  private var rowCount = 0

  /// - Parameter journal: nil when there is none yet; every row is new then.
  public convenience init(journal path: String?) throws(JournalError) {
    try self.init(journal: path, mostBytes: 8 << 20)
  }

  /// - Parameter mostBytes: of entries, and of slices, that are kept in memory.
  init(journal path: String?, mostBytes: Int) throws(JournalError) {
    self.path = path ?? "(none)"
    let scratch = ScratchDatabase()
    directory = SliceDirectory(scratch, mostBytes: mostBytes)
    entries = DayEntries(scratch, mostBytes: mostBytes)
    do { journal = try path.map { try ReadConnection.open($0, isQueryOnly: true) } } catch {
      throw JournalError(error, path: self.path)
    }
  }

  /// Takes rows of the files, in their order.
  public func add(_ batch: [ImportedMission]) throws(JournalError) { try add(batch, as: ImportListing()) }

  /// The same with what makes DONE missions due again.
  package func add(_ batch: [ImportedMission], as listing: ImportListing) throws(JournalError) {
    rowCount += batch.count
    do {
      for mission in batch {
        let parameters = mission.parameters
        try entries.add(
          try directory.number(of: parameters), from: parameters.dateStart.daysSinceEpoch,
          to: parameters.dateEnd.daysSinceEpoch,
          PlanEntry(
            listing: listings.number(of: listing, source: parameters.source), id: mission.id,
            priority: mission.priority))
      }
    } catch { throw JournalError(error, path: path) }
  }

  /// The plan over everything that was added; once, at the end. The rules are those of `Journal.select`.
  public func plan(_ rule: SelectionRule) throws(JournalError) -> MissionPlan {
    do {
      listings.end()
      try readJournal(rule)
      var plan = try selection(rule).plan()
      plan.duplicates = rowCount - plan.listed
      return plan
    } catch { throw JournalError(error, path: path) }
  }

  /// After `plan`: the chosen missions whose ledger row a run would ask for first, those that are to be scraped and
  /// replace nothing.
  package func eachAsked(
    _ rule: SelectionRule, _ body: (MissionID, MissionParameters) throws -> Void
  ) throws {
    do { try selection(rule).eachAsked(body) } catch let error as SQLiteError {
      throw JournalError(error, path: path)
    }
  }

  private func selection(_ rule: SelectionRule) throws -> PlanSelection {
    try PlanSelection(
      rule, missions: PlannedMissions(directory, entries, listings), verdicts: PlanVerdicts(rule))
  }

  private func readJournal(_ rule: SelectionRule) throws {
    guard let journal else { return }
    let condition = FilterSQL(rule.filter)
    let rows = try journal.prepare(Self.journalSQL(condition.condition))
    _ = try condition.bind(to: rows)
    while try rows.step() {
      let at = SliceColumns.count
      try entries.add(
        try directory.number(of: rows), from: rows.day(at).daysSinceEpoch,
        to: rows.day(at + 1).daysSinceEpoch,
        PlanEntry(rows, at: at + 2, finished: listings.rank(of: rows.optionalInteger(at + 11))))
    }
  }

  /// The whole journal in one pass, nothing joined and nothing sorted.
  static func journalSQL(_ condition: String) -> String {
    """
    SELECT \(SliceColumns.list), date_start, date_end, id, priority, status, checkpoint, \(isBegun),
      \(SelectionSQL.kept), \(condition), replaces, coalesce(error_code, 0), finished_at FROM missions
    """
  }

  private static let isBegun = """
    (\(is: .running) OR checkpoint > \(checkpoint: .scrape) OR (status < \(status: .running)
      AND (job_id IS NOT NULL OR unanswered_start = 1)))
    """
}
