import Configuration
import Crypto
import Journal
import MissionCore
import Report
import Runs
import Spool
import Verification

/// `verify`: do destination and store hold what the journal says? With `--repair`: put back what they do not.
enum VerifyCommand {
  static func execute(_ options: VerifyOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode
  {
    try context.writeErrorsInBackground()
    let configuration = try context.configuration()
    let confirmation = Confirmation(context: context, isConfirmed: options.isConfirmed)
    if options.repairs { try confirmation.require() }
    do throws(CryptoError) { try SHA256.requireLibrary() } catch {
      throw CommandFailure(.internalError, "\(error)")
    }
    let redactor = Redactor(secrets: configuration.secrets)
    // Nobody may change anything between the finding and the mending.
    let journal = options.repairs ? try open(configuration, context) : nil
    defer { journal?.close() }
    guard let reader = try JournalAccess.reader(configuration.journal.path) else {
      throw CommandFailure(
        .notFound, "journal \(configuration.journal.path) does not exist: nothing was ever run")
    }
    let plan = RunPlan(checking: configuration)
    let parts = try ComparedParts.opened(configuration, context)
    defer { parts.destination.close() }
    var report = VerifyReport(context: context, redactor: redactor)
    let closeLook =
      try options.isQuick
      ? nil : CloseLook(parts: parts, folder: ComparisonFolder(beside: configuration.journal.path))
    let (tally, damaged) = try verify(options, context, reader, parts, closeLook, &report)
    var repaired: RepairTally?
    if let journal {
      do {
        let claim = try plan.claimSpool(of: journal)
        defer { claim.release() }
        let spool = try SpoolStore(directory: claim.path)
        defer { spool.close() }
        let repair = Repair(journal: journal, reader: reader, parts: parts, spool: spool, now: context.now)
        repaired = try repair.run(damaged) { repairs in
          try confirmation.ask(announcement(repairs, context))
        }
      } catch { throw CommandFailure(wrapping: error) }
    }
    report.finish(tally, repaired)
    return tally.differences == 0 ? .success : .missionsFailed
  }

  private static func verify(
    _ options: VerifyOptions, _ context: CommandContext, _ reader: JournalReader, _ parts: ComparedParts,
    _ closeLook: CloseLook?, _ report: inout VerifyReport
  ) throws(CommandFailure) -> (VerifyTally, [MissionID: Damage]) {
    var filter = options.selection.filter
    filter.shard = try context.shard()?.part
    filter.ids = try MissionLookup.missions(options.missions, reader).map(\.id)
    let total = try total(filter, reader)
    let line = ProgressLine(context)
    defer { line.clear() }
    var tally = VerifyTally()
    var damaged: [MissionID: Damage] = [:]
    // The verifier calls back while this function waits for it.
    var current = report
    let verifier = Verifier(
      reader: reader, parts: parts, atOnce: options.atOnce, looksForExtras: options.looksForExtras,
      filter: filter, closeLook: closeLook,
      tell: { difference in
        line.clear()
        current.tell(difference)
        context.terminal.output.flush()
        tally.add(difference.kind)
        if options.repairs, let mission = difference.mission, difference.dateStart != nil {
          damaged[mission, default: []].insert(Damage(difference))
        }
      },
      progress: { looked in
        line.show(looked, of: total) { context.keeping.progress($0, $1, tally.differences) }
      })
    tally.looked = try verifier.run()
    if let why = tally.looked.unlisted {
      line.clear()
      context.log.warning("objects of no mission were not looked for: \(why)")
    }
    report = current
    return (tally, damaged)
  }

  private static func total(_ filter: MissionFilter, _ reader: JournalReader) throws(CommandFailure) -> Int {
    var done = filter
    done.statuses = [.done]
    return try JournalAccess.failing { () throws(JournalError) in
      filter == MissionFilter() ? try reader.counts().done : try reader.total(done)
    }
  }

  private static func open(
    _ configuration: Configuration, _ context: CommandContext
  ) throws(CommandFailure) -> Journal {
    try JournalAccess.failing { () throws(JournalError) in
      // Only one that is there: a repair creates none.
      _ = try JournalReader(path: configuration.journal.path)
      let journal = try Journal.open(
        path: configuration.journal.path, busy: configuration.execution.timeouts.busy)
      ReportPlaces.finishKilledRun(journalPath: journal.path, context.ofRuns)
      return journal
    }
  }

  /// What a repair is going to do, a line for each kind.
  private static func announcement(_ repairs: [PlannedRepair], _ context: CommandContext) -> [String] {
    let words = context.keeping
    func line(_ text: (String) -> String, _ isCounted: (PlannedRepair) -> Bool) -> [String] {
      let count = repairs.count(where: isCounted)
      return count == 0 ? [] : ["  " + text(context.answers.missions(count))]
    }
    return [words.repairWill]
      + line(words.loadAgain) { $0.source != nil && $0.damage.contains(.rows) }
      + line(words.putAgain) { $0.source != nil && $0.damage.contains(.object) }
      + line(words.scrapeAgain) { $0.source == nil }
  }
}
