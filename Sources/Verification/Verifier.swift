import Journal
import MissionCore
import Ports

/// Reconciles journal, destination and store: goes through the DONE missions page by page, so that memory does not
/// grow with their number, and through what is outside for what the journal does not know.
package struct Verifier {
  /// Missions that are looked at together.
  private static let pageSize = 500

  let reader: JournalReader
  let parts: ComparedParts
  /// Missions that are looked at side by side.
  let atOnce: Int
  /// Every mission is looked at, so that it is known what belongs to none.
  let looksForExtras: Bool
  let filter: MissionFilter
  /// Nil for a quick look.
  package let closeLook: CloseLook?
  /// Called for every difference, in an order that stays the same.
  let tell: (Difference) -> Void
  /// Called after each page with the missions looked at.
  let progress: (Int) -> Void

  package init(
    reader: JournalReader, parts: ComparedParts, atOnce: Int, looksForExtras: Bool, filter: MissionFilter,
    closeLook: CloseLook?, tell: @escaping (Difference) -> Void, progress: @escaping (Int) -> Void
  ) {
    self.reader = reader
    self.parts = parts
    self.atOnce = atOnce
    self.looksForExtras = looksForExtras
    self.filter = filter
    self.closeLook = closeLook
    self.tell = tell
    self.progress = progress
  }

  /// What was looked at.
  package struct Looked: Hashable, Sendable {
    /// DONE missions.
    package var missions = 0
    /// Of these, missions whose rows were counted but not compared.
    package var notCompared = 0
    /// Missions that the ledger knows and the journal does not.
    package var pruned = 0
    /// Why the store does not list what it has, so that objects of no mission are not found; nil when it does.
    package var unlisted: Message?
  }

  /// Blocks until all is looked at.
  package func run() throws(CommandFailure) -> Looked {
    var looked = Looked()
    if looksForExtras {
      let extras = ExtraFinder(reader: reader, parts: parts, filter: filter, tell: tell)
      looked.pruned = try extras.findMissions()
      looked.unlisted = try extras.findObjects()
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
    let loaded = try parts.inspect(page.map(\.id))
    let (parts, closeLook) = (parts, closeLook)
    let judged = try Parallel.map(Array(zip(page, loaded)), atOnce: atOnce) { record, found in
      Result { () throws(CommandFailure) in
        let key = parts.key(of: record)
        let object: FoundObject?
        var rows = RowsVerdict.notCompared
        if let closeLook {
          (object, rows) = try closeLook.look(at: record, found, key: key)
        } else {
          object = try parts.find(key, readingBytes: false)
        }
        var differences = [
          Judgement.destination(record, found, rows: rows), Judgement.store(record, object, key: key),
        ]
        for file in record.keptFiles {
          let key = record.key(of: file) ?? key
          let object = try parts.find(key, readingBytes: closeLook != nil)
          differences.append(Judgement.keptFile(record, file, object, key: key))
        }
        return (rows: rows, differences: differences.compactMap { $0 })
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
