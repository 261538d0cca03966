import Dates
import MissionCore
import Ports

/// Writes an object of its own, tries whether a second one of its name is refused when it is not to replace the first,
/// reads it and removes it, to see whether the server can be used.
struct WebProbe {
  private static let body = Array("mission-control\n".utf8)

  let folder: WebFolder
  let key: String

  func run() throws(AuditError) -> CheckedStore {
    _ = try folder.put(key, .bytes(Self.body), type: "text/plain")
    let isCreateOnly: Bool
    let standing: WebFolder.Standing
    let isListed: Bool
    do throws(AuditError) {
      isCreateOnly = try refusesSecond()
      standing = try look()
      try read()
      isListed = try lists()
    } catch {
      // What failed first is what is told.
      try? folder.remove(key)
      throw error
    }
    try folder.remove(key)
    var remark: Message = isCreateOnly ? "" : "; it does not keep create-only writing"
    if !isListed { remark += "; it gives no list of what it holds" }
    return CheckedStore(
      deeds: "wrote, read and removed a probe object in \(folder.service.url)" + remark,
      time: standing.date.flatMap(HTTPDate.milliseconds).map(Timestamp.init(milliseconds:)))
  }

  /// Whether the server keeps the first of two objects where it is asked to.
  private func refusesSecond() throws(AuditError) -> Bool {
    switch try folder.put(key, .bytes(Self.body), type: "text/plain", condition: .new) {
    case .refused: return true
    case .taken, .notUnderstood: return false
    }
  }

  private func look() throws(AuditError) -> WebFolder.Standing {
    guard let standing = try folder.look(key) else {
      throw AuditError(code: .storeOther, message: "the probe object is not there once it is written")
    }
    return standing
  }

  private func read() throws(AuditError) {
    let path = try folder.path(of: key)
    let response = try folder.answer(to: .init(.get, path), doing: "GET of a probe object")
    guard response.isSuccess, case .memory(Self.body) = response.body else {
      if !response.isSuccess { throw folder.failures.refusal(response, doing: "GET of a probe object") }
      throw AuditError(code: .storeOther, message: "other bytes came back than were written")
    }
  }

  private func lists() throws(AuditError) -> Bool {
    let collection = key.split(separator: "/").dropLast().joined(separator: "/")
    do throws(AuditError) {
      _ = try WebListing(folder, under: collection.isEmpty ? "" : collection + "/", after: nil).page()
      return true
    } catch {
      guard error.code == .storePermissionDenied else { throw error }
      return false
    }
  }
}
