import MissionCore
import Spool
import Synchronization
import Testing

/// A store in a folder of its own, asked synchronously.
struct SpoolFixture {
  let folder = TemporaryFolder()
  let store: SpoolStore

  init(masking redactor: Redactor = .none) throws {
    store = try SpoolStore(directory: folder.path + "/spool", masking: redactor)
  }

  static func mission(_ number: UInt64) -> MissionID {
    MissionID(high: 0x8000 | number << 16, low: 1 << 63 | number)
  }

  func resultPath(_ mission: MissionID) -> String { "\(folder.path)/spool/\(mission).json" }

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
    let reply = Reply<Result<ScrapeAnswer, SpoolError>>()
    store.ingest(answer, mission: mission) { reply.give($0) }
    return reply.wait()
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

/// What another thread answers, once.
final class Reply<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let gate = Gate()

  func give(_ value: Value) {
    self.value.withLock {
      precondition($0 == nil, "answered twice")
      $0 = value
    }
    gate.open()
  }

  func wait() -> Value {
    gate.wait()
    return value.withLock { $0! }
  }
}
