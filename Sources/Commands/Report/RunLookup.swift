import Journal
import MissionCore

/// Finds runs that people name.
enum RunLookup {
  /// The latest run without a reference.
  static func find(
    _ reference: RunReference?, _ reader: JournalReader
  ) throws(CommandFailure) -> RunRecord {
    let candidates = try JournalAccess.failing { () throws(JournalError) in
      guard let reference else { return try reader.runs(limit: 1) }
      if let run = try reader.run(id: reference.prefix) { return [run] }
      return try reader.run(idPrefix: reference.prefix)
    }
    guard let run = candidates.first else { throw unknown(reference) }
    guard let reference, candidates.count > 1 else { return run }
    let names = candidates.map(\.id).joined(separator: ", ")
    throw CommandFailure(
      .notFound, "\(reference) begins more than one run's id: \(names) …; type more of it")
  }

  static func unknown(_ reference: RunReference?) -> CommandFailure {
    guard let reference else {
      return CommandFailure(.notFound, "there is no run to report yet; mission-control run makes one")
    }
    return CommandFailure(.notFound, "no run has an id that begins with \(reference)")
  }
}
