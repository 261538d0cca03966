import Journal
import MissionCore

/// Where a report has its run and the missions that it lists from.
public protocol ReportSource {
  var run: RunRecord { get }
  /// The listed missions; `body` answers false to stop.
  func eachMission(_ body: (MissionRecord) throws -> Bool) throws
  /// Those of the listed missions that FAILED or look wrong; `body` answers false to stop.
  func eachTroubled(_ body: (MissionRecord) throws -> Bool) throws
  /// All of them added up.
  func account() throws -> RunAccount
}

extension ReportSource {
  public func eachTroubled(_ body: (MissionRecord) throws -> Bool) throws {
    try eachMission { mission in
      guard mission.status == .failed || mission.suspicion != nil else { return true }
      return try body(mission)
    }
  }

  public func account() throws -> RunAccount {
    var account = RunAccount()
    try eachMission { mission in
      account.add(mission)
      return true
    }
    return account
  }
}

/// A run as the journal has it now: while it works, at its end, and when its file is lost.
///
/// A run of more than `ResultsFile.mostWhole` missions is listed without those that nobody began: a million of them
/// say nothing that their number does not, and would cost half a gigabyte each time.
public struct JournalRun: ReportSource {
  public let run: RunRecord
  private let reader: JournalReader
  private let mostWhole: Int

  public init(
    runID: String, _ reader: JournalReader, mostWhole: Int = ResultsFile.mostWhole
  ) throws(JournalError) {
    guard let run = try reader.run(id: runID) else { throw .missing(what: "run \(runID)") }
    self.run = run
    self.reader = reader
    self.mostWhole = mostWhole
  }

  /// Runs `body` on the run, at one moment when it is small enough to be listed whole.
  public static func read<R>(
    _ runID: String, _ reader: JournalReader, _ body: (JournalRun) throws -> R
  ) throws -> R {
    let run = try JournalRun(runID: runID, reader)
    guard run.run.counts.selected <= run.mostWhole else { return try body(run) }
    return try reader.atOneMoment { try body(JournalRun(runID: runID, reader)) }
  }

  public func eachMission(_ body: (MissionRecord) throws -> Bool) throws {
    guard run.counts.selected > mostWhole else {
      var filter = MissionFilter()
      filter.runID = run.id
      return try reader.eachMission(filter, body)
    }
    var goesOn = true
    let each = { (mission: MissionRecord) in
      goesOn = try body(mission)
      return goesOn
    }
    try reader.eachEndedMission(runID: run.id, each)
    if goesOn { try reader.eachBegunMission(runID: run.id, since: run.startedAt, each) }
  }
}
