import Configuration
import Journal
import MissionCore
import Report
import Runs
import Terminal

/// `status`: how the missions stand and what the live run does.
enum StatusCommand {
  static func execute(_ options: StatusOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode
  {
    let configuration = try context.configuration(for: .reading)
    if options.watches {
      guard Terminal.canWatch(environment: context.environment) else {
        throw CommandFailure(.usage, "--watch needs a terminal; without --watch status is told once")
      }
      return try StatusWatch(context: context, configuration: configuration).run()
    }
    var snapshot = try StatusSnapshot.take(configuration, now: context.now())
    try addNext(to: &snapshot, configuration, context)
    let view = StatusView(
      snapshot: snapshot, phrases: context.phrases, answers: context.answers,
      style: context.terminal.outputStyle, width: context.terminal.outputWidth)
    context.print(context.common.output == .json ? snapshot.json : view.text)
    return .success
  }
}

extension StatusCommand {
  /// What to type when no run is live.
  static func addNext(
    to snapshot: inout StatusSnapshot, _ configuration: Configuration, _ context: CommandContext
  ) throws(CommandFailure) {
    snapshot.commandSuffix = context.commandSuffix
    if let last = snapshot.lastRun, snapshot.run == nil {
      snapshot.next = try next(after: last, snapshot, journalPath: configuration.journal.path, context)
    }
  }

  /// What the report of a run that is over offers. A killed run's file is some seconds behind the journal, and what a
  /// person has changed since (`retry`, `rerun`, `accept` …) no report knows.
  private static func next(
    after run: RunRecord, _ snapshot: StatusSnapshot, journalPath: String, _ context: CommandContext
  ) throws(CommandFailure) -> [NextStep] {
    let path = ResultsFile.path(inFolder: ReportPlaces.folder(journalPath: journalPath), runID: run.id)
    let stored = StoredReport(path: path, runID: run.id)?.summary
    if let told = stored?.backfill, stored?.end != nil, run.finishedAt != nil,
      !told.stands(as: snapshot.backfill), let reader = try JournalAccess.reader(journalPath)
    {
      let failed = try JournalAccess.failing { () throws(JournalError) in try reader.failedByCode() }
      let backfill = snapshot.backfill
      let step = NextStep.ofJournal(
        failed: failed, left: backfill.left, suspicious: backfill.suspicious.missions
      ) { "mission-control \($0)\(context.commandSuffix)" }
      return step.map { [$0] } ?? []
    }
    guard run.finishedAt == nil || stored == nil, let reader = try JournalAccess.reader(journalPath) else {
      return stored?.next ?? []
    }
    let advice = stored?.advice ?? RunAdvice(command: "mission-control run\(context.commandSuffix)")
    let failed = try JournalAccess.failing { () throws(JournalError) in try reader.failures(runID: run.id) }
    return advice.resuming(run.counts.left, failed: failed.map { ($0.code, $0.count) })
  }
}

/// What `status` tells, read from the journal at one moment.
struct StatusSnapshot {
  struct Worker {
    let name: String
    let missions: [MissionRecord]
    /// What the live run gives it at once; nil when that is all that it can have.
    var limit: LaneLimit?
  }

  var now: Timestamp
  /// The live run; nil when none is.
  var run: RunRecord?
  /// The latest run that is over, however it ended.
  var lastRun: RunRecord?
  /// What has to stand behind each command to work on the same journal.
  var commandSuffix = ""
  /// What the report of the last run offers.
  var next: [NextStep] = []
  var workers: [Worker] = []
  /// How the journal stands, with the days that failed or look wrong.
  var backfill = BackfillStanding()
  var counts: StatusCounts { backfill.counts }
  /// Open on their workers, as far as the journal knows.
  var sessions: [WorkerSessionRecord] = []
  var today = (done: 0, failed: 0)
  var proxies: [StatusProxy] = []

  var ratePerSecond: Double? {
    guard let run else { return nil }
    let ended = run.counts.done + run.counts.failed
    let elapsed = now.seconds(since: run.startedAt)
    return ended > 0 && elapsed > 0 ? Double(ended) / elapsed : nil
  }

  var secondsLeft: Double? {
    guard let run, let rate = ratePerSecond else { return nil }
    return Double(run.counts.left) / rate
  }

  static func take(_ configuration: Configuration, now: Timestamp) throws(CommandFailure) -> StatusSnapshot {
    let path = configuration.journal.path
    var names = configuration.activeWorkers.map(\.name)
    var snapshot = StatusSnapshot(now: now)
    guard let reader = try JournalAccess.reader(path) else {
      snapshot.workers = names.map { Worker(name: $0, missions: []) }
      snapshot.proxies = StatusProxy.all(configuration.proxies ?? [], [], now: now)
      return snapshot
    }
    let isHeld = try JournalAccess.isLive(path)
    try JournalAccess.streaming {
      // `retry` and `cancel` hold the lock for a moment as well, but have no run that is not finished.
      if isHeld, let run = try reader.latestRun(), run.finishedAt == nil { snapshot.run = run }
      snapshot.lastRun = try reader.runs(limit: 2).first { $0.id != snapshot.run?.id }
      snapshot.backfill = try BackfillStanding(reader)
      snapshot.sessions = try reader.workerSessions()
      let (today, zone) = (now.day(in: configuration.timeZone), configuration.timeZone)
      snapshot.today = try reader.ended(
        from: today.start(in: zone), to: today.adding(days: 1).start(in: zone))
      snapshot.proxies = StatusProxy.all(configuration.proxies ?? [], try reader.proxies(), now: now)
      // Without a live run nothing runs: what still says so waits to be resumed.
      let running = snapshot.run == nil ? [] : try reader.running()
      for mission in running {
        if let worker = mission.worker, !names.contains(worker) { names.append(worker) }
      }
      let limits = snapshot.run == nil ? [:] : try reader.laneLimits()
      for name in limits.keys.sorted() where !names.contains(name) { names.append(name) }
      snapshot.workers = names.map { name in
        Worker(name: name, missions: running.filter { $0.worker == name }, limit: limits[name])
      }
    }
    return snapshot
  }
}
