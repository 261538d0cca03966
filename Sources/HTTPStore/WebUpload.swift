import Failpoints
import HTTP
import MissionCore
import Ports
import Records

/// One object on its way to the server, its metadata before it.
///
/// It is only created (TRUST 5): what is under the key is looked at first, so that another object stays also where the
/// server keeps no condition; where it does, `If-None-Match` sees to it that nobody comes in between. A put that replaces
/// on purpose names the ETag of what it has seen.
struct WebUpload {
  let folder: WebFolder
  let object: AuditObject
  let body: HTTPBody
  /// What was wrong with the bytes while they were sent; nil when nothing was.
  let fault: () -> SpoolError?
  /// Whatever is under the key is replaced, on purpose.
  let replaces: Bool
  let conditions: Conditions

  func run() throws(AuditError) -> StoredObject {
    guard !object.key.hasSuffix(ObjectMetadata.suffix) else {
      throw AuditError(
        code: .storeOther,
        message: "\(object.key) cannot be an object: an HTTP store keeps its own files under such names")
    }
    Failpoint.reach("store.put.before")
    let found = try folder.find(object.key, readingBytes: false)
    if let found, try isDone(found) { return try confirmed() }
    let former = try putMetadata(over: found)
    Failpoint.reach("http.metadata.after")
    try putBody(over: found, former)
    Failpoint.reach("store.put.answered")
    return try confirmed()
  }

  /// Whether the very object is there already. What is there and is not to be replaced is an error.
  private func isDone(_ found: FoundObject) throws(AuditError) -> Bool {
    // Without its metadata the bytes themselves say what it is.
    let isBare = found.missionID == nil
    guard isBare || object.isSame(as: found) else {
      if replaces { return false }
      throw AuditError(existing: found, insteadOf: object)
    }
    if try folder.read(object.key)?.bytes.sha256 == object.bodySHA256 {
      if isBare { _ = try putMetadata(condition: .none) }
      return true
    }
    // Our own, which the server has kept although it did not come whole.
    if isBare, !replaces { throw AuditError(existing: found, insteadOf: object) }
    return false
  }

  // MARK: Metadata

  /// - Returns: what was there before, where there was something else.
  private func putMetadata(over found: FoundObject?) throws(AuditError) -> [UInt8]? {
    if found == nil, conditions.areUsed {
      switch try putMetadata(condition: .new) {
      case .taken: return nil
      case .refused, .notUnderstood: break
      }
    }
    // Of a mission that was given up, or of somebody who is about to write the object.
    let former = try folder.metadata(of: object.key)
    if former == json { return nil }
    _ = try putMetadata(condition: .none)
    return former
  }

  private func putMetadata(condition: PutCondition) throws(AuditError) -> WebFolder.Put {
    let put = try folder.put(
      object.key + ObjectMetadata.suffix, .bytes(json), type: "application/json", condition: condition)
    if case .refused(let response) = put, case .none = condition {
      throw folder.failures.refusal(response, doing: "PUT \(object.key)")
    }
    return put
  }

  private var json: [UInt8] { ObjectMetadata(object).json }

  // MARK: Bytes

  /// - Parameter former: the metadata that ours took the place of.
  private func putBody(over found: FoundObject?, _ former: [UInt8]?) throws(AuditError) {
    var condition = PutCondition.none
    if conditions.areUsed {
      // Only an ETag that means the bytes can be named (RFC 9110, 13.1.1).
      let etag = found?.etag.flatMap { $0.hasPrefix("\"") ? $0 : nil }
      condition = found == nil ? .new : etag.map { .replacing(etag: $0) } ?? .none
    }
    let put: WebFolder.Put
    do throws(AuditError) {
      put = try sent(condition)
      // Whatever the server says: an object of other bytes does not count.
      if let fault = fault() { throw AuditError(spool: fault) }
    } catch {
      if let fault = fault() { throw AuditError(spool: fault) }
      throw error
    }
    guard case .refused(let response) = put else { return }
    // Somebody came in between, whose metadata ours must not stand for.
    restore(former)
    if case .new = condition, let other = try folder.find(object.key, readingBytes: false),
      !object.isSame(as: other)
    {
      throw AuditError(existing: other, insteadOf: object)
    }
    var failure = folder.failures.refusal(response, doing: "PUT \(object.key)")
    failure.severity = .transient()
    throw failure
  }

  private func sent(_ condition: PutCondition) throws(AuditError) -> WebFolder.Put {
    let put = try folder.put(object.key, body, type: object.contentType, condition: condition)
    guard case .notUnderstood = put else { return put }
    // It shows when the server takes the same PUT without a condition.
    let plain = try folder.put(object.key, body, type: object.contentType)
    if case .taken = plain { conditions.noteRefused() }
    return plain
  }

  private func restore(_ former: [UInt8]?) {
    guard let former else { return }
    // The refusal is what is told; `verify` finds metadata that are not the object's.
    _ = try? folder.put(object.key + ObjectMetadata.suffix, .bytes(former), type: "application/json")
  }

  /// The server is asked for what it has: not every one says in its answer to a PUT what the object's ETag is, and some
  /// keep what did not come whole.
  private func confirmed() throws(AuditError) -> StoredObject {
    guard let standing = try folder.look(object.key) else {
      throw AuditError(
        code: .storeOther, message: "\(object.key) is not there once it is written", severity: .transient())
    }
    if let size = standing.size, size != body.length {
      throw AuditError(
        code: .storeOther, message: "\(object.key) has \(size) bytes, \(body.length) were written",
        severity: .transient())
    }
    return StoredObject(
      key: object.key, etag: standing.etag, size: body.length, sha256: object.bodySHA256)
  }
}
