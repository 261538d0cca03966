import HTTPAnswers
import JSONStream
import MissionCore

/// How a job stands by the answer to a look.
struct LookedJob: Hashable, Sendable {
  enum Standing: Hashable, Sendable {
    /// `isKnown` is false for a word that the section does not list.
    case waiting(status: String, isKnown: Bool)
    case done
    case empty
    /// With what the API says about it, cleaned.
    case failed(Message)
    /// The API does not know the job any more.
    case gone(status: String)
  }

  let standing: Standing
  let kept: [String: String]
}

extension AnswerJudge {
  /// - Parameter bytes: the body of a 2xx to `look`.
  func looked(_ bytes: UnsafeRawBufferPointer, _ look: LookSection) -> Result<LookedJob, SourceFailure> {
    let request = look.request.shown
    let answer = JSONAnswer(bytes: bytes)
    do throws(JSONError) {
      guard let status = try answer.word(at: look.status) else {
        return .failure(
          unreadable(bytes, request, "no status at \(Self.shown(look.status)) in it"))
      }
      return .success(
        LookedJob(
          standing: try standing(status, look, answer), kept: try kept(look.keep ?? [], in: answer)))
    } catch { return .failure(unreadable(bytes, request, "it is not JSON, \(error)")) }
  }

  private func standing(
    _ status: JSONAnswer.Word, _ look: LookSection, _ answer: JSONAnswer
  ) throws(JSONError) -> LookedJob.Standing {
    func isListed(_ words: [String]?) -> Bool { words?.contains(where: status.matches) ?? false }
    if isListed(look.done) { return .done }
    if isListed(look.empty) { return .empty }
    if isListed(look.failed) { return .failed(try reason(status, look, answer)) }
    if isListed(look.gone) { return .gone(status: shown(status.text)) }
    return .waiting(status: shown(status.text), isKnown: isListed(look.waiting))
  }

  /// The API's own words, with the status before them.
  private func reason(
    _ status: JSONAnswer.Word, _ look: LookSection, _ answer: JSONAnswer
  ) throws(JSONError) -> Message {
    let word = UntrustedText.foreign(status.text, limit: 64, masking: redactor)
    guard let place = look.error, let value = try JSONScanner.value(at: place, of: answer.bytes)?.value,
      value.kind != .null
    else {
      return "its status is \(word)"
    }
    let text =
      answer.word(of: value).map { UntrustedText.foreign($0.text, masking: redactor) }
      ?? UntrustedText.foreign(bytes: answer.bytes[value.range], masking: redactor)
    return "its status is \(word): \(text)"
  }
}
