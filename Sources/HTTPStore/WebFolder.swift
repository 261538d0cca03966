import Glibc
import HTTP
import MissionCore
import Ports
import Records
import URI
import WebServices

/// The server's files below a URL, as single requests. Every call blocks; calls for different keys may be made at once.
struct WebFolder: Sendable {
  let service: WebService
  let failures: WebFailures

  init(_ service: WebService, host: String, isPlainHTTP: Bool) {
    self.service = service
    failures = WebFailures(
      service: service,
      advice: ConnectionAdvice(host: host, isPlainHTTP: isPlainHTTP, section: "storage_http"))
  }

  /// Of a key. Those of a journal that knew another store may be anything.
  func path(of key: String) throws(AuditError) -> String {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !key.utf8.contains(0) else {
      throw AuditError(code: .storeOther, message: "\(UntrustedText.clean(key)) is no key of an HTTP store")
    }
    return "/" + PercentEncoding.encode(key, keeping: "/")
  }

  // MARK: Writing

  /// What a PUT came to.
  enum Put {
    case taken
    /// The condition does not hold.
    case refused(HTTPResponse)
    /// The server may know no conditions.
    case notUnderstood(AuditError)
  }

  /// Puts a file; makes the collections that it lies in when they are missing.
  func put(
    _ key: String, _ body: HTTPBody, type: String, condition: PutCondition = .none
  ) throws(AuditError) -> Put {
    var call = WebService.Call(.put, try path(of: key))
    call.headers = [("Content-Type", type)] + condition.fields
    call.body = body
    call.isLarge = true
    var response = try answer(to: call, doing: "PUT \(key)")
    if try mayLackCollections(response, key) { response = try answer(to: call, doing: "PUT \(key)") }
    switch response.status {
    case 200, 201, 204: return .taken
    case 412: return .refused(response)
    case 400, 501:
      let failure = failures.refusal(response, doing: "PUT \(key)")
      if case .none = condition { throw failure }
      return .notUnderstood(failure)
    default: throw failures.refusal(response, doing: "PUT \(key)")
    }
  }

  /// Whether a PUT may have been refused because of collections that were missing and now are there.
  private func mayLackCollections(_ response: HTTPResponse, _ key: String) throws(AuditError) -> Bool {
    switch response.status {
    case 404, 409: return try makeCollections(of: key)
    // So does nginx say it. A server that fails for another reason may well fail at this, too: its first word counts.
    case 500: return (try? makeCollections(of: key)) ?? false
    default: return false
    }
  }

  /// Makes the collections that a key lies in, from the first that is missing on; the URL's own where only that is.
  /// False where nothing could be made.
  private func makeCollections(of key: String) throws(AuditError) -> Bool {
    var missing: [String] = []
    var places = try collections(of: key)
    while let place = places.popLast() {
      switch try makeCollection(place) {
      case .isThere:
        for place in missing.reversed() {
          guard case .isThere = try makeCollection(place) else { return false }
        }
        return true
      case .parentIsMissing: missing.append(place)
      case .impossible: return false
      }
    }
    return false
  }

  /// Paths below the URL, with slashes at their ends; the first is the URL itself.
  private func collections(of key: String) throws(AuditError) -> [String] {
    var places = ["/"]
    var place = ""
    for part in key.split(separator: "/").dropLast() {
      place += (place.isEmpty ? "" : "/") + part
      places.append(try path(of: place) + "/")
    }
    return places
  }

  private enum Made { case isThere, parentIsMissing, impossible }

  private func makeCollection(_ path: String) throws(AuditError) -> Made {
    let call = WebService.Call(.makeCollection, path)
    let response = try answer(to: call, doing: "MKCOL \(UntrustedText.clean(path))")
    switch response.status {
    // 405: it is there already (RFC 4918, 9.3.1), or the server knows no MKCOL; the PUT will tell. So say redirects.
    case 200, 201, 204, 301, 302, 307, 308, 405: return .isThere
    case 404, 409: return .parentIsMissing
    case 501: return .impossible
    default: throw failures.refusal(response, doing: "MKCOL \(UntrustedText.clean(path))")
    }
  }

  /// What is not there is removed already.
  func remove(_ key: String) throws(AuditError) {
    let response = try answer(to: WebService.Call(.delete, try path(of: key)), doing: "DELETE \(key)")
    guard response.isSuccess || [404, 410].contains(response.status) else {
      throw failures.refusal(response, doing: "DELETE \(key)")
    }
  }

  // MARK: Reading

  /// What the server says of a file.
  struct Standing {
    let etag: String
    /// Nil where it does not say.
    let size: Int64?
    /// Of the answer, by the server's clock.
    let date: String?

    init(_ response: HTTPResponse) {
      let headers = response.headers
      size = headers["content-length"].flatMap { Int64($0) }
      date = headers["date"]
      // Without an ETag the time of its last change must do, so that `verify` sees one by others.
      etag = headers["etag"] ?? headers["last-modified"] ?? ""
    }
  }

  /// Nil when nothing is there.
  func look(_ key: String) throws(AuditError) -> Standing? {
    let response = try answer(to: WebService.Call(.head, try path(of: key)), doing: "HEAD \(key)")
    if [404, 410].contains(response.status) { return nil }
    guard response.isSuccess else { throw failures.refusal(response, doing: "HEAD \(key)") }
    return Standing(response)
  }

  /// The object with its metadata; nil when nothing is there.
  func find(_ key: String, readingBytes: Bool) throws(AuditError) -> FoundObject? {
    let standing: Standing
    var read: (sha256: String, size: Int64)?
    if readingBytes {
      guard let (found, digest) = try self.read(key) else { return nil }
      (standing, read) = (found, digest)
    } else {
      guard let found = try look(key) else { return nil }
      standing = found
    }
    let json = try metadata(of: key) ?? []
    return FoundObject(etag: standing.etag, size: read?.size ?? standing.size, sha256: read?.sha256) {
      ObjectMetadata.value($0, in: json)
    }
  }

  /// Reads all bytes and keeps none.
  func read(
    _ key: String
  ) throws(AuditError) -> (standing: Standing, bytes: (sha256: String, size: Int64))? {
    let digest = BodyDigest()
    var call = WebService.Call(.get, try path(of: key))
    call.receive = .pass(to: digest, keeping: WebService.refusalLimit)
    call.isLarge = true
    let response = try answer(to: call, doing: "GET \(key)")
    if [404, 410].contains(response.status) { return nil }
    guard response.isSuccess, response.contentEncoding == nil else {
      throw failures.refusal(response, doing: "GET \(key)")
    }
    return (Standing(response), digest.result)
  }

  /// The bytes of what lies beside an object; nil when nothing does. Far more than we ever write there is none of ours.
  func metadata(of key: String) throws(AuditError) -> [UInt8]? {
    let key = key + ObjectMetadata.suffix
    let response = try answer(to: WebService.Call(.get, try path(of: key)), doing: "GET \(key)")
    if [404, 410].contains(response.status) { return nil }
    guard response.isSuccess, response.contentEncoding == nil else {
      throw failures.refusal(response, doing: "GET \(key)")
    }
    guard case .memory(let bytes) = response.body else { return nil }
    return bytes
  }

  /// False when there is no such object. On failure no file is left at `path`.
  func fetch(_ key: String, to path: String, maxSize: Int64) throws(AuditError) -> Bool {
    // An error's own text may be longer than the object that is asked for.
    let limit = max(maxSize, Int64(WebService.refusalLimit))
    var call = WebService.Call(.get, try self.path(of: key))
    call.receive = .spill(memoryLimit: 0, path: path, maxSize: limit)
    call.isLarge = true
    let response = try answer(to: call, doing: "GET \(key)")
    guard response.isSuccess, response.contentEncoding == nil else {
      if case .file(let path, _) = response.body { unlink(path) }
      if [404, 410].contains(response.status) { return false }
      throw failures.refusal(response, doing: "GET \(key)")
    }
    guard response.body.size <= maxSize else {
      unlink(path)
      throw AuditError(code: .storeOther, message: "\(key) is larger than \(maxSize) bytes")
    }
    if case .memory = response.body { try makeEmpty(path) }
    return true
  }

  private func makeEmpty(_ path: String) throws(AuditError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw AuditError(
        code: .internalError, message: "\(path): open failed: \(String(cString: strerror(errno)))")
    }
    close(descriptor)
  }

  /// - Throws: when there was no answer at all.
  func answer(to call: WebService.Call, doing what: String) throws(AuditError) -> HTTPResponse {
    switch service.answer(to: call) {
    case .success(let response): return response
    case .failure(let error): throw failures.noAnswer(error, doing: what)
    }
  }
}
