import JSONStream
import MissionCore
import Ports

/// Reads the answer of `GET /scrape/{job_id}` (SPEC 7): `{"status", "ads_count"?, "data"?, "error"?}`.
package struct JobAnswerReader: AnswerReading {
  private let redactor: Redactor

  package init(masking redactor: Redactor = .none) { self.redactor = redactor }

  /// Validates the whole answer in one pass.
  package func read(
    _ answer: UnsafeRawBufferPointer, progress: ((Int) -> Void)?
  ) throws(SpoolError) -> AnswerContent {
    try Answer(bytes: answer, redactor: redactor).content(progress)
  }
}

/// One answer, while it is read.
private struct Answer {
  let bytes: UnsafeRawBufferPointer
  let redactor: Redactor

  func content(_ progress: ((Int) -> Void)?) throws(SpoolError) -> AnswerContent {
    let members: [JSONMember]
    do { members = try JSONScanner.members(of: bytes, progress: progress) } catch { throw refusal(error) }
    func member(_ key: String) -> JSONMember? {
      members.first { $0.key == key && $0.value.kind != .null }
    }
    guard let status = member("status") else { throw wrongShape("status is missing") }
    guard status.value.kind == .string else { throw wrongShape("status is not a string") }
    let text = JSONText.string(bytes, status.value.range)
    switch text {
    case "pending", "queued", "running": return .look(.waiting(status: text, isKnown: true))
    case "failed":
      return .look(.failed(message: member("error").map(errorText) ?? "the worker gave no reason"))
    case "cancelled":
      return .look(
        .cancelled(message: member("error").map(errorText) ?? "the job was cancelled on the worker"))
    case "paused": return .look(.paused)
    case "completed": return try result(member("data"), count: member("ads_count"), isEmpty: false)
    case "empty": return try result(member("data"), count: member("ads_count"), isEmpty: true)
    default:
      let status = UntrustedText.clean(text, limit: 64, masking: redactor)
      return .look(.waiting(status: status, isKnown: false))
    }
  }

  private func result(
    _ data: JSONMember?, count: JSONMember?, isEmpty: Bool
  ) throws(SpoolError) -> AnswerContent {
    if let data, data.value.kind != .array { throw wrongShape("data is not an array") }
    let found = data?.count ?? 0
    if let told = try told(count), told != Int64(found) { throw .countMismatch(told: told, found: found) }
    // `empty` says that there are no ads.
    if isEmpty, found > 0 { throw .countMismatch(told: 0, found: found) }
    if let odd = data?.oddElement {
      throw wrongShape("data[\(odd.index)] at byte \(odd.offset) is not an object")
    }
    return data.map { .records($0.value.range, count: found) } ?? .noRecords
  }

  private func told(_ count: JSONMember?) throws(SpoolError) -> Int64? {
    guard let count else { return nil }
    guard count.value.kind == .number, let number = JSONText.integer(bytes, count.value.range) else {
      throw wrongShape("ads_count is not a whole number")
    }
    return number
  }

  /// The worker's words; an error that is no string is shown as the JSON that it is.
  private func errorText(_ member: JSONMember) -> Message {
    let range = member.value.range
    guard member.value.kind == .string else {
      return "\(UntrustedText.foreign(bytes: bytes[range], masking: redactor))"
    }
    return "\(UntrustedText.foreign(JSONText.string(bytes, range), masking: redactor))"
  }

  private func refusal(_ error: JSONError) -> SpoolError {
    error.problem == .notAnObject && !bytes.isEmpty
      ? wrongShape("not an object") : .notJSON(what: "\(error)", excerpt: excerpt)
  }

  private func wrongShape(_ what: Message) -> SpoolError { .wrongShape(what: what, excerpt: excerpt) }

  /// The answer's beginning. It is never cut out of the middle: a secret cut in two would not be masked.
  private var excerpt: String { UntrustedText.foreign(bytes: bytes, masking: redactor) }
}
