import MissionCore
import Threads

// What a run does with the journal besides submitting steps. Each call waits for the journal's thread and is
// durable when it returns.
extension Journal {
  /// Adds missions that are not known yet; a known one that is still PENDING takes the new priority.
  ///
  /// - Parameters:
  ///   - moreFollows: true lets the rows wait for the following batches' transaction, which makes importing a million of
  ///     them several times faster; any other call ends it.
  ///   - choosesNew: new missions are QUEUED for the run at once, as a `select` with a rule that takes every listed one
  ///     would do when it comes.
  public func importMissions(
    _ batch: [ImportedMission], at time: Timestamp, runID: String? = nil, moreFollows: Bool = false,
    choosesNew: Bool = false
  ) throws(JournalError) -> ImportCounts {
    var listing = ImportListing()
    listing.choosesNew = choosesNew
    return try importMissions(batch, as: listing, at: time, runID: runID, moreFollows: moreFollows)
  }

  /// The same with where the rows stand. DONE missions that the listing says are due again are chosen by `select`.
  package func importMissions(
    _ batch: [ImportedMission], as listing: ImportListing, at time: Timestamp, runID: String? = nil,
    moreFollows: Bool = false
  ) throws(JournalError) -> ImportCounts {
    try beginImport(batch, as: listing, at: time, runID: runID, moreFollows: moreFollows).wait().get()
  }

  /// The same without a wait for its end: the next rows can be read meanwhile.
  package func beginImport(
    _ batch: [ImportedMission], as listing: ImportListing, at time: Timestamp, runID: String? = nil,
    moreFollows: Bool = true
  ) -> Answer<Result<ImportCounts, JournalError>> {
    promise { store in
      let run = try runID.map { try store.runs.number(of: $0) }
      let counts = try store.importer.add(batch, listing, at: time, run: run)
      if !moreFollows { try store.importer.commit() }
      return counts
    }
  }

  /// Takes back what was imported with `moreFollows` and is not durable yet.
  package func dropImport() throws(JournalError) { try perform { $0.rollBack() } }

  /// Writes down which slots of schedules were seen. Missions that were imported before with `moreFollows` become durable
  /// together with it: no slot is lost and none makes its missions twice, whenever the process dies.
  package func note(_ schedules: [ScheduleNote], runID: String? = nil) throws(JournalError) {
    try perform { store in
      try store.importer.note(schedules, run: try runID.map { try store.runs.number(of: $0) })
    }
  }

  /// Missions that an earlier run left RUNNING. Ask before the first one of this run is started.
  public func interrupted() throws(JournalError) -> [MissionRecord] {
    try perform { store in try store.running() }
  }

  /// Chooses the missions of the run. PENDING ones become QUEUED; what earlier runs left QUEUED becomes this run's,
  /// or PENDING when it does not match; FAILED ones that the rule takes are reopened first. The rest is written down
  /// as skipped. Listed is what was imported through this object.
  ///
  /// - Parameter isWanted: asked again and again, on the journal's thread; false ends it with `.stopped`, and what
  ///   was chosen by then stays chosen.
  public func select(
    run: String, _ rule: SelectionRule, at time: Timestamp,
    while isWanted: @escaping @Sendable () -> Bool = { true }
  ) throws(JournalError) -> Selection {
    try perform { store in
      var selector = MissionSelector(store: store, run: try store.runs.number(of: run), at: time)
      selector.isWanted = isWanted
      return try selector.select(rule)
    }
  }

  /// The FAILED missions of a run that has chosen by this rule, by what would choose them again.
  public func failuresToRepeat(run: String, _ rule: SelectionRule) throws(JournalError) -> FailuresToRepeat {
    try perform { store in
      try SelectionCensus(store: store, rule: rule).failures(run: try store.runs.number(of: run))
    }
  }

  /// The first listed missions that stay FAILED while this run works, in run order.
  public func failedEarlier(
    run: String, _ rule: SelectionRule, limit: Int
  ) throws(JournalError) -> [MissionRecord] {
    try perform { store in
      try SelectionCensus(store: store, rule: rule).failedEarlier(
        limit: limit, except: try store.runs.number(of: run))
    }
  }

  /// The next QUEUED missions in run order behind `cursor` (nil: from the first), deferred ones last, and where
  /// to go on; nil when the queue has ended. Claiming changes nothing: a mission is taken by `.started`.
  ///
  /// A mission that is queued again at a place that was passed is not met again; its owner knows it. Each source's
  /// missions have a cursor of their own.
  public func claim(
    of names: SourceNames = .every, after cursor: ClaimCursor?, order: MissionOrder, limit: Int
  ) throws(JournalError) -> ([MissionRecord], ClaimCursor?) {
    let page = try perform { store in
      try store.importer.commit()
      let (missions, cursor) = try store.claims.page(of: names, after: cursor, order: order, limit: limit)
      return Page(missions: missions, cursor: cursor)
    }
    return (page.missions, page.cursor)
  }

  /// QUEUED missions that a worker may still have a job of: with a job id, or a start without an answer.
  public func adoptable() throws(JournalError) -> [MissionRecord] {
    try perform { store in try store.claims.withJob(.queued) }
  }

  /// The same of missions that this run has not chosen: their workers' sessions are not to be ended.
  public func notChosenWithJob() throws(JournalError) -> [MissionRecord] {
    try perform { store in try store.claims.withJob(.pending) }
  }

  /// Earlier runs' counts stand still from here on.
  public func beginRun(_ run: RunRecord) throws(JournalError) {
    try perform { store in try store.transaction { try RunWriter(store: store).begin(run) } }
  }

  /// - Parameter ended: why, as far as it is known.
  public func endRun(
    _ id: String, exitCode: Int, ended: RunEnd? = nil, at time: Timestamp
  ) throws(JournalError) {
    try perform { store in
      try store.transaction {
        try RunWriter(store: store).end(id, exitCode: exitCode, ended: ended, at: time)
      }
    }
  }

  /// From now on it is kept in mind which missions of the run end, for `takeEnds`.
  public func followEnds(of run: String) throws(JournalError) {
    try perform { store in store.tallies.ends = EndLog(run: try store.runs.number(of: run), ends: self.ends) }
  }

  /// The missions that ended, or were put back, since this was asked last, in that order. Durable all of them.
  public func takeEnds() -> [MissionEnd] { ends.take() }

  /// Nil leaves a count as it is.
  public func setRunCounts(_ id: String, skipped: Int? = nil, rejectedRows: Int? = nil) throws(JournalError) {
    try perform { store in
      try store.transaction {
        try RunWriter(store: store).setCounts(id, skipped: skipped, rejectedRows: rejectedRows)
      }
    }
  }

  /// Sessions that may still be open, by worker.
  public func workerSessions() throws(JournalError) -> [WorkerSessionRecord] {
    try perform { store in try WorkerSessionRecord.all(store.connection) }
  }

  /// By source, when its missions were started as far back as its pace looked.
  public func paceStarts() throws(JournalError) -> [String: [Timestamp]] {
    try perform { store in try store.paces.starts() }
  }

  /// What is remembered of each proxy.
  public func proxies() throws(JournalError) -> [ProxyRecord] {
    try perform { store in try ProxyRecord.all(store.connection) }
  }

  private struct Page: Sendable {
    let missions: [MissionRecord]
    let cursor: ClaimCursor?
  }
}
