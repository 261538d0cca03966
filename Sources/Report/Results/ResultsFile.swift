import JSONStream
import Journal
import MissionCore

/// The machine-readable report of a run (SPEC 11): `<run_id>.json` in the reports folder.
///
/// Missions are streamed from the journal to the file: a million of them need no more memory than ten.
public enum ResultsFile {
  private static let chunkSize = 256 * 1024

  /// The file's place in the reports folder.
  public static func path(inFolder folder: String, runID: String) -> String { "\(folder)/\(runID).json" }

  /// Writes the file whole or not at all. Counts and missions are of one moment, also while the run goes on.
  ///
  /// - Parameter exitCode: what the process is about to end with; nil takes the journal's.
  public static func write(
    to path: String, runID: String, from reader: JournalReader, exitCode: Int? = nil, advice: RunAdvice? = nil
  ) throws(ResultsFailure) {
    do {
      let file = try AtomicFile(path: path)
      try stream(runID: runID, from: reader, exitCode: exitCode, advice: advice) { try file.write($0) }
      try file.commit()
    } catch let failure as FileFailure {
      throw .file(failure)
    } catch let failure as JournalError {
      throw .journal(failure)
    } catch { throw .journal(.internalFailure(reason: "\(error)")) }
  }

  /// Hands the same bytes over in pieces, with a final newline.
  public static func stream(
    runID: String, from reader: JournalReader, exitCode: Int? = nil, advice: RunAdvice? = nil,
    to write: ([UInt8]) throws -> Void
  ) throws {
    var json = JSONWriter(reservingCapacity: chunkSize + 8192)
    var filter = MissionFilter()
    filter.runID = runID
    var isBegun = false
    try reader.eachMission(filter) { mission in
      if !isBegun {
        // Asked in the middle of the walk, so that the counts are of the same moment as the missions.
        try begin(runID, reader, exitCode, &json)
        isBegun = true
      }
      MissionJSON.write(mission, to: &json) { json in
        json.key("attempts")
        json.value(mission.attempts)
        json.key("durations")
        MissionJSON.writeDurations(mission, to: &json)
      }
      if json.bytes.count >= chunkSize { try write(json.drain()) }
      return true
    }
    if !isBegun { try begin(runID, reader, exitCode, &json) }
    json.endArray()
    if let advice {
      json.key("summary")
      json.beginObject()
      advice.write(to: &json)
      json.endObject()
    }
    json.endObject()
    try write(json.drain() + [UInt8(ascii: "\n")])
  }

  private static func begin(
    _ runID: String, _ reader: JournalReader, _ exitCode: Int?, _ json: inout JSONWriter
  ) throws(JournalError) {
    guard let run = try reader.run(id: runID) else { throw .missing(what: "run \(runID)") }
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("run_id")
    json.value(run.id)
    json.key("started_at")
    json.value(run.startedAt.description)
    json.key("finished_at")
    json.value(run.finishedAt?.description)
    json.key("exit_code")
    json.value(exitCode ?? run.exitCode)
    json.key("resumable")
    json.value(run.counts.left > 0)
    json.key("counts")
    write(run.counts, &json)
    json.key("ads")
    json.value(run.counts.ads)
    json.key("missions")
    json.beginArray()
  }

  private static func write(_ counts: RunCounts, _ json: inout JSONWriter) {
    json.beginObject()
    let pairs = [
      ("selected", counts.selected), ("done", counts.done), ("failed", counts.failed),
      ("cancelled", counts.cancelled), ("left", counts.left), ("skipped", counts.skipped),
      ("rejected_rows", counts.rejectedRows), ("failed_earlier", counts.failedEarlier),
    ]
    for (name, count) in pairs {
      json.key(name)
      json.value(count)
    }
    json.endObject()
  }
}

/// Why a results file was not written.
public enum ResultsFailure: Error, CustomStringConvertible {
  case file(FileFailure)
  case journal(JournalError)

  public var description: String {
    switch self {
    case .file(let failure): return failure.description
    case .journal(let error): return error.description
    }
  }

  /// The exit code of SPEC 4.
  public var exitCode: Int32 {
    switch self {
    case .file(let failure): return failure.isDiskFailure ? 74 : 73
    case .journal(let error): return error.exitCode
    }
  }
}
