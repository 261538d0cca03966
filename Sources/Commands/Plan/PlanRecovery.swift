import Configuration
import Journal
import MissionCore
import Runs
import Verification

/// Asks destination and store which missions of a plan are done already, as a run does before it scrapes; changes
/// nothing there.
struct PlanRecovery {
  private static let pageSize = 500

  private let parts: ComparedParts
  private let context: CommandContext

  init(_ configuration: Configuration, _ context: CommandContext) throws(CommandFailure) {
    parts = try ComparedParts.opened(configuration, context)
    self.context = context
  }

  /// How many there are, those included whose missing part a run would make of the other.
  func count(in scratch: PlanScratch, _ rule: SelectionRule) throws(CommandFailure) -> Int {
    defer { parts.destination.close() }
    // One that cannot be asked is not asked by a run either.
    guard parts.destination.inspectable != nil else { return 0 }
    let ledger = LedgerFirst(asking: parts, now: context.now)
    let now = context.now()
    var count = 0
    var page: [MissionRecord] = []
    func ask() throws {
      for finding in try look(at: page, ledger) {
        switch finding {
        case .done, .mendable: count += 1
        case .scrape, .left: continue
        }
      }
      page = []
    }
    try JournalAccess.streaming {
      try scratch.eachAsked(rule) { id, parameters in
        page.append(MissionRecord(id: id, parameters: parameters, createdAt: now))
        if page.count == Self.pageSize { try ask() }
      }
      try ask()
    }
    if let error = ledger.storeFailure {
      throw CommandFailure(.unusable, "store: \(error.code.rawValue) \(error.message)")
    }
    if ledger.isDenied {
      context.log.warning("the store does not let us look at objects: missions without rows are scraped")
    }
    return count
  }

  private func look(
    at records: [MissionRecord], _ ledger: LedgerFirst
  ) throws(CommandFailure) -> [RecoveryFinding] {
    guard !records.isEmpty else { return [] }
    do throws(LedgerFirst.Obstacle) { return try ledger.look(at: records) } catch {
      switch error {
      case .destination(let error):
        throw CommandFailure(.unusable, "destination: \(error.code.rawValue) \(error.message)")
      case .store(let error):
        throw CommandFailure(.unusable, "store: \(error.code.rawValue) \(error.message)")
      }
    }
  }
}
