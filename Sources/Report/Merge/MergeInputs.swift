import Files
import Glibc
import Journal
import MissionCore

/// What is to be merged, found by the paths of journals, state folders and report files.
package struct MergeInputs {
  /// A journal, or the reports of one.
  enum Content {
    case journal(JournalReader)
    /// The newest first.
    case reports([StoredReport])
  }

  struct Input {
    var part: ShardSurvey.Part
    let content: Content
  }

  private(set) var inputs: [Input] = []

  /// - Throws: 66 for a path that leads to nothing, 74 for a journal that cannot be read.
  package init(paths: [String]) throws(CommandFailure) {
    for path in paths { try take(path) }
    inputs = Self.withoutRepeated(inputs)
    inputs.sort { Self.place($0.part) < Self.place($1.part) }
  }

  private static func place(_ part: ShardSurvey.Part) -> (UInt64, UInt64, String) {
    (part.shard?.count ?? 0, part.shard?.index ?? 0, part.path)
  }

  /// The same journal counts once: the journal itself before its reports, the newer copy before the older one.
  private static func withoutRepeated(_ inputs: [Input]) -> [Input] {
    var kept: [Input] = []
    for input in inputs {
      guard let id = input.part.journalID, let index = kept.firstIndex(where: { $0.part.journalID == id })
      else {
        // Without an id only the same place is known to be the same.
        if !kept.contains(where: { $0.part.journalID == nil && $0.part.path == input.part.path }) {
          kept.append(input)
        }
        continue
      }
      if input.isStronger(than: kept[index]) { kept[index] = input }
    }
    return kept
  }

  private mutating func take(_ path: String) throws(CommandFailure) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw CommandFailure(.notFound, "\(path): \(Errno(errno))")
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      guard try takeFolder(path) else {
        throw CommandFailure(
          .notFound, "\(path) holds no journal, no folders of shards and no report of a run")
      }
    } else if Self.isDatabase(path) {
      inputs.append(try Self.journal(path))
    } else {
      try takeReport(path)
    }
  }

  /// False when nothing of use is in it.
  private mutating func takeFolder(_ path: String) throws(CommandFailure) -> Bool {
    let names = Folder.names(in: path).sorted()
    let before = inputs.count
    // A journal has a lock beside it since its first opening; what else is a database here is no journal.
    for name in names where names.contains(name + ".lock") && Self.isDatabase("\(path)/\(name)") {
      inputs.append(try Self.journal("\(path)/\(name)"))
    }
    let hasJournal = inputs.count > before
    for name in names where Self.isShardFolder(name) { _ = try takeFolder("\(path)/\(name)") }
    // A folder's journal is stronger than its reports.
    if !hasJournal {
      let folders = names.contains("reports") ? ["\(path)/reports"] : [path]
      for folder in folders { takeReports(in: folder, ofJournal: nil) }
    }
    return inputs.count > before
  }

  private static func isShardFolder(_ name: String) -> Bool {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    return words.count == 4 && words[0] == "shard" && words[2] == "of" && Int(words[1]) != nil
      && Int(words[3]) != nil
  }

  // MARK: Journals

  private static func isDatabase(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 16)
    return read(descriptor, &bytes, 16) == 16 && bytes.starts(with: Array("SQLite format 3".utf8))
  }

  private static func journal(_ path: String) throws(CommandFailure) -> Input {
    do throws(JournalError) {
      let reader = try JournalReader(path: path)
      let latest = try reader.latestRun()
      let part = ShardSurvey.Part(
        shard: latest?.shard, journalID: try reader.identity(), path: path, latest: latest?.startedAt)
      return Input(part: part, content: .journal(reader))
    } catch { throw CommandFailure(error) }
  }

  // MARK: Reports

  private mutating func takeReport(_ path: String) throws(CommandFailure) {
    guard let report = StoredReport(path: path) else {
      throw CommandFailure(.notFound, "\(path) is neither a journal nor the report file of a run")
    }
    guard let id = report.summary.journalID else {
      inputs.append(Self.input([report], path))
      return
    }
    takeReports(in: Folder.parent(of: path), ofJournal: id)
  }

  /// Each journal's reports are one part of the whole.
  private mutating func takeReports(in folder: String, ofJournal wanted: String?) {
    var byJournal: [(id: String, reports: [StoredReport])] = []
    for name in Folder.names(in: folder).sorted() where name.hasSuffix(".json") {
      guard let report = StoredReport(path: "\(folder)/\(name)") else { continue }
      guard let id = report.summary.journalID else {
        if wanted == nil { inputs.append(Self.input([report], report.path)) }
        continue
      }
      guard wanted.map({ $0 == id }) ?? true else { continue }
      if let index = byJournal.firstIndex(where: { $0.id == id }) {
        byJournal[index].reports.append(report)
      } else {
        byJournal.append((id, [report]))
      }
    }
    for (_, reports) in byJournal { inputs.append(Self.input(reports, folder)) }
  }

  private static func input(_ reports: [StoredReport], _ path: String) -> Input {
    let sorted = reports.sorted {
      ($0.run.startedAt.milliseconds, $0.run.id) > ($1.run.startedAt.milliseconds, $1.run.id)
    }
    let newest = sorted[0]
    let part = ShardSurvey.Part(
      shard: newest.run.shard, journalID: newest.summary.journalID, path: path,
      latest: newest.run.startedAt)
    return Input(part: part, content: .reports(sorted))
  }
}

extension MergeInputs.Input {
  /// Of two that are of the same journal.
  fileprivate func isStronger(than other: MergeInputs.Input) -> Bool {
    switch (content, other.content) {
    case (.journal, .reports): return true
    case (.reports, .journal): return false
    default: return (part.latest?.milliseconds ?? 0) > (other.part.latest?.milliseconds ?? 0)
    }
  }
}
