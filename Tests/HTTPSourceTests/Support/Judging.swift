import HTTP
import HTTPAnswers
import MissionCore
import Placeholders

@testable import HTTPSource

/// The judge of these tests: its one secret is in the answers.
enum Judging {
  static let secret = "canary-secret-1"
  static let now = Timestamp(milliseconds: 1_700_000_000_000)
  static let judge = AnswerJudge(
    name: "apify", credentials: ", check what its section sends as credentials",
    redactor: Redactor(secrets: [Secret(secret)]), now: { now })

  static func answer(
    _ status: Int, _ body: String = "", headers: [(name: String, value: String)] = []
  ) -> Result<HTTPResponse, HTTPError> {
    .success(HTTPResponse(status: status, headers: HTTPHeaders(headers), body: .memory(Array(body.utf8))))
  }

  static func values(_ values: [String: String] = [:]) -> PlaceholderValues {
    var filled = PlaceholderValues()
    filled["mission_id"] = .text("m-1")
    for (name, value) in values { filled[name] = .text(value) }
    return filled
  }
}

extension Result where Failure == SourceFailure {
  /// Of a failure.
  var kind: SourceFailure.Kind? {
    if case .failure(let failure) = self { failure.kind } else { nil }
  }

  var message: String {
    if case .failure(let failure) = self { failure.message.plain } else { "" }
  }
}
