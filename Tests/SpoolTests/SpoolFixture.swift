import MissionCore
import Ports
import Spool
import Synchronization
import TestSupport
import Testing
import WorkerSource

/// A store in a folder of its own, asked synchronously.
struct SpoolFixture {
  let folder = TemporaryFolder()
  let store: SpoolStore

  /// How answers are read.
  let reader: JobAnswerReader

  init(masking redactor: Redactor = .none) throws {
    store = try SpoolStore(directory: folder.path + "/spool")
    reader = JobAnswerReader(masking: redactor)
  }

  static func mission(_ number: UInt64) -> MissionID {
    MissionID(high: 0x8000 | number << 16, low: 1 << 63 | number)
  }

  func resultPath(_ mission: MissionID) -> String { "\(folder.path)/spool/\(mission).json" }

  /// The files of missions: what lies in the folder besides segments and marks.
  var files: [String] { folder.names(in: "spool").filter { !$0.hasSuffix(".spool") } }

  /// A result as the next run finds it; nil when it finds none.
  func found(_ result: SpooledResult) throws -> [UInt8]? {
    try store.found(result)
  }

  /// Closes the store; what the spool then keeps of a mission, nil when nothing.
  func kept(of mission: MissionID = mission(1)) -> [UInt8]? {
    store.close()
    return File.read(resultPath(mission))
  }

  func ingest(_ answer: String, _ mission: MissionID = mission(1)) -> Result<ScrapeAnswer, SpoolError> {
    ingest(.memory(Array(answer.utf8)), mission)
  }

  /// As the transport leaves it for a large answer.
  func ingestFile(_ answer: String, _ mission: MissionID = mission(1)) -> Result<ScrapeAnswer, SpoolError> {
    let path = store.partPath(for: mission)
    File.write(Array(answer.utf8), to: path)
    return ingest(.file(path: path, size: Int64(answer.utf8.count)), mission)
  }

  func ingest(_ answer: ReceivedAnswer, _ mission: MissionID) -> Result<ScrapeAnswer, SpoolError> {
    store.ingested(answer, mission, as: reader)
  }

  func completed(_ answer: Result<ScrapeAnswer, SpoolError>) throws -> SpooledResult {
    guard case .completed(let result) = try answer.get() else {
      throw SpoolError.wrongShape(what: "the test expected a result", excerpt: "")
    }
    return result
  }

  func error(_ answer: Result<ScrapeAnswer, SpoolError>) -> SpoolError? {
    guard case .failure(let error) = answer else { return nil }
    return error
  }
}

extension SpoolStore {
  /// Waits for the reply.
  func ingested(
    _ answer: ReceivedAnswer, _ mission: MissionID, attempt: Int = 0,
    as reader: any AnswerReading = JobAnswerReader()
  ) -> Result<ScrapeAnswer, SpoolError> {
    let reply = Reply<Result<ScrapeAnswer, SpoolError>>()
    ingest(answer, mission: mission, attempt: attempt, as: reader) { reply.give($0) }
    return reply.wait()
  }

  /// Bytes around the text in what `ingested(text:_:)` spools.
  static let framing = 9

  /// A completed answer with the text in its only ad.
  func ingested(text: String, _ mission: MissionID) throws -> SpooledResult {
    let answer = Array(#"{"status":"completed","data":[{"":"\#(text)"}]}"#.utf8)
    guard case .completed(let result) = try ingested(.memory(answer), mission).get() else {
      throw SpoolError.wrongShape(what: "the test expected a result", excerpt: "")
    }
    return result
  }

  /// The bytes of a result as an earlier run has written them; nil when they are not there.
  func found(_ result: SpooledResult) throws -> [UInt8]? {
    let opened = open(
      mission: result.mission, size: result.size, sha256: result.sha256, adsCount: result.adsCount)
    return try opened.result?.withBytes { bytes, _ in Array(bytes) }
  }

  /// Waits until the removals asked for are done.
  func settle(_ missions: [MissionID]) {
    for mission in missions {
      let reply = Reply<Void>()
      ingest(.memory(Array(#"{"status":"running"}"#.utf8)), mission: mission, as: JobAnswerReader()) { _ in
        reply.give(())
      }
      reply.wait()
    }
  }

  /// What the spool says of a result's bytes, on its threads; lost ones have been put aside then.
  func claimed(_ result: SpooledResult) -> SpoolAnswer {
    let reply = Reply<SpoolAnswer>()
    claim(mission: result.mission, size: result.size, sha256: result.sha256, adsCount: result.adsCount) {
      reply.give($0)
    }
    return reply.wait()
  }
}
