import Journal
import MissionCore
import Ports

/// Reconciles journal, destination and store: goes through the DONE missions page by page, so that memory does not
/// grow with their number, and through what is outside for what the journal does not know.
struct Verifier {
  /// Missions that are looked at together.
  private static let pageSize = 500

  let reader: JournalReader
  let outside: Outside
  let options: VerifyOptions
  let filter: MissionFilter
  /// Nil for a quick look.
  let closeLook: CloseLook?
  /// Called for every difference, in an order that stays the same.
  let tell: (Difference) -> Void
  /// Called after each page with the missions looked at.
  let progress: (Int) -> Void

  /// What was looked at.
  struct Looked: Hashable, Sendable {
    var missions = 0
    /// Of these, missions whose rows were counted but not compared.
    var notCompared = 0
    /// Missions that the ledger knows and the journal does not.
    var pruned = 0
  }

  func run() throws(CommandFailure) -> Looked {
    var looked = Looked()
    if options.looksForExtras {
      let strangers = Strangers(reader: reader, outside: outside, filter: filter, tell: tell)
      looked.pruned = try strangers.findMissions()
      try strangers.findObjects()
    }
    var last: MissionID?
    while true {
      let page = try JournalAccess.failing { () throws(JournalError) in
        try reader.done(filter, after: last, limit: Self.pageSize)
      }
      guard let end = page.last else { return looked }
      looked.notCompared += try verify(page)
      looked.missions += page.count
      progress(looked.missions)
      last = end.id
    }
  }

  /// Answers how many missions' rows were not compared.
  private func verify(_ page: [MissionRecord]) throws(CommandFailure) -> Int {
    let loaded = try outside.inspect(page.map(\.id))
    let (outside, closeLook) = (outside, closeLook)
    let judged = try Crew.map(Array(zip(page, loaded)), atOnce: options.atOnce) { record, found in
      Result { () throws(CommandFailure) in
        let key = record.s3Key ?? outside.store.key(of: record.id, record.parameters)
        let object: FoundObject?
        var rows = RowsVerdict.notCompared
        if let closeLook {
          (object, rows) = try closeLook.look(at: record, found, key: key)
        } else {
          object = try outside.find(key, readingBytes: false)
        }
        let differences = [
          Judgement.destination(record, found, rows: rows), Judgement.store(record, object, key: key),
        ].compactMap { $0 }
        return (rows: rows, differences: differences)
      }
    }
    var notCompared = 0
    for result in judged {
      let (rows, differences) = try result.get()
      differences.forEach(tell)
      if rows == .notCompared { notCompared += 1 }
    }
    return notCompared
  }
}
