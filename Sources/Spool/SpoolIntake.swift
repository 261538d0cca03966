import MissionCore
import Ports

/// The spool as sources see it: from what a look brought to what the engine is told.
package struct SpoolIntake: ResultSpool {
  /// Smaller answers are mostly "still running": they are read at once, without a hand-over to a thread.
  private static let readAtOnce = 2048

  private let spool: SpoolStore
  private let hold: @Sendable (SpooledResult) -> Void
  private let attempt: Int
  private let isSecondLook: Bool

  /// - Parameters:
  ///   - attempt: which start of the mission the results are of.
  ///   - isSecondLook: results are put beside those that are there.
  ///   - hold: is given each result that is durable, before the source's reply.
  package init(
    _ spool: SpoolStore, attempt: Int = 0, isSecondLook: Bool = false,
    hold: @escaping @Sendable (SpooledResult) -> Void
  ) {
    self.spool = spool
    self.attempt = attempt
    self.isSecondLook = isSecondLook
    self.hold = hold
  }

  package func partPath(for mission: MissionID) -> String { spool.partPath(for: name(mission)) }

  /// What the spool calls the bytes.
  private func name(_ mission: MissionID) -> MissionID { isSecondLook ? mission.otherLook : mission }

  package func ingest(
    _ answer: ReceivedAnswer, of mission: MissionID, as reader: any AnswerReading,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    guard case .memory(let bytes) = answer, bytes.count <= Self.readAtOnce else {
      return judge(answer, mission, reader, reply)
    }
    do throws(SpoolError) {
      switch try reader.content(of: bytes) {
      case .look(let look): reply(.success(look))
      case .records, .record, .noRecords: judge(answer, mission, reader, reply)
      }
    } catch { reply(.failure(Self.failure(error))) }
  }

  private func judge(
    _ answer: ReceivedAnswer, _ mission: MissionID, _ reader: any AnswerReading,
    _ reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    spool.ingest(answer, mission: name(mission), attempt: attempt, as: reader) { [hold] outcome in
      switch outcome {
      case .success(.look(let look)): reply(.success(look))
      case .success(.completed(let result)):
        hold(SpooledResult(result, of: mission))
        reply(.success(.completed(ScrapedResult(result))))
      case .failure(let error): reply(.failure(Self.failure(error)))
      }
    }
  }

  private static func failure(_ error: SpoolError) -> SourceFailure {
    switch error.code {
    case .jobFailed: return SourceFailure(.mismatch, error.message)
    case nil: return SourceFailure(error.isDiskFailure ? .diskFails : .spoolFull, error.message)
    default: return SourceFailure(.unusable, error.message)
    }
  }
}

extension AnswerReading {
  /// Reads a small answer at once, on the caller's thread.
  package func content(of answer: [UInt8]) throws(SpoolError) -> AnswerContent {
    let content: Result<AnswerContent, SpoolError> = answer.withUnsafeBytes { raw in
      do throws(SpoolError) { return .success(try read(raw, progress: nil)) } catch { return .failure(error) }
    }
    return try content.get()
  }
}

extension ScrapedResult {
  package init(_ result: SpooledResult) {
    self.init(adsCount: result.adsCount, size: result.size, sha256: result.sha256)
  }
}
