import Formats
import HTTP
import MissionCore
import Ports

/// How one result is taken: as it comes when it is JSON, else converted on the way.
struct ResultReceipt {
  /// Bytes of an answer that is not a result, kept for the message.
  private static let kept = 16 << 10

  private let source: HTTPSource
  private let path: String
  private let writer: ConvertingWriter?

  init(_ source: HTTPSource, _ mission: MissionID, _ spool: any ResultSpool) {
    self.source = source
    path = spool.partPath(for: mission)
    let format = source.section.result?.format ?? ResultFormat()
    writer =
      format.kind == .json
      ? nil
      : ConvertingWriter(
        format, path: path, memoryLimit: HTTPSource.memoryLimit, maxSize: source.limits.maxResultSize)
  }

  var receive: HTTPReceive {
    if let writer { return .pass(to: writer, keeping: Self.kept) }
    return .spill(
      memoryLimit: HTTPSource.memoryLimit, path: path, maxSize: source.limits.maxResultSize)
  }

  /// The bytes of a 2xx, JSON by now.
  /// - Parameter isEmptyAllowed: an answer without a byte holds no records, whatever its format.
  func result(
    of answer: Result<HTTPResponse, HTTPError>, _ request: String, isEmptyAllowed: Bool
  ) -> Result<ReceivedAnswer, SourceFailure> {
    switch source.judge.body(of: answer, request) {
    case .failure(let failure):
      writer?.drop()
      return .failure(failure)
    case .success(let body):
      guard let writer else { return .success(AnswerBytes.received(body)) }
      var hasNone = writer.isEmpty && isEmptyAllowed
      if case .success(let response) = answer, response.status == 204 { hasNone = true }
      guard !hasNone else {
        writer.drop()
        return .success(.memory([]))
      }
      return writer.array(of: source.name, request)
    }
  }
}
