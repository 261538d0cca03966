import Crypto
import Synchronization
import TestSupport

/// A bucket on the loopback: keeps what is put, and answers as told while a list of answers lasts.
final class BucketServer: Sendable {
  struct Object: Sendable {
    var body: [UInt8]
    var head: LoopbackServer.Request
    var etag: String { "\"\(SHA256.hexDigest(of: body).prefix(32))\"" }
  }

  private struct State {
    var objects: [String: Object] = [:]
    var answers: [String] = []
  }

  private let state: Box
  let server: LoopbackServer

  private final class Box: Sendable {
    let value = Mutex(State())
  }

  /// `answers` are sent first, whatever is asked.
  init(answers: [String] = []) {
    let box = Box()
    box.value.withLock { $0.answers = answers }
    state = box
    server = LoopbackServer.answering { request in
      box.value.withLock { state in
        if !state.answers.isEmpty { return state.answers.removeFirst() }
        return Self.answer(request, &state)
      }
    }
  }

  /// By path, the bucket's name included.
  var objects: [String: Object] { state.value.withLock { $0.objects } }

  private static func answer(_ request: LoopbackServer.Request, _ state: inout State) -> String {
    let words = request.line.split(separator: " ").map(String.init)
    switch words[0] {
    case "PUT":
      let found = state.objects[words[1]]
      let isMet = request.field("if-none-match") == nil || found == nil
      if let etag = request.field("if-match"), found == nil || found?.etag != etag {
        return found == nil ? refusal(404, "NoSuchKey") : refusal(412, "PreconditionFailed")
      }
      guard isMet else { return refusal(412, "PreconditionFailed") }
      let object = Object(body: request.body, head: request)
      state.objects[words[1]] = object
      return "HTTP/1.1 200 OK\r\nETag: \(object.etag)\r\nContent-Length: 0\r\n\r\n"
    case "DELETE":
      state.objects[words[1]] = nil
      return "HTTP/1.1 204 No Content\r\n\r\n"
    case "GET" where words[1].hasPrefix("/b/?"): return page(words[1], state.objects.keys.sorted())
    default:
      guard let object = state.objects[words[1]] else {
        // An answer to HEAD has no body.
        return words[0] == "HEAD" ? "HTTP/1.1 404 X\r\n\r\n" : refusal(404, "NoSuchKey")
      }
      let names = ["sha256", "body-sha256", "mission-id", "ads-count"].map { "x-amz-meta-\($0)" }
      let fields = names.compactMap { name in object.head.field(name).map { "\(name): \($0)\r\n" } }.joined()
      return
        "HTTP/1.1 200 OK\r\nETag: \(object.etag)\r\n\(fields)Content-Length: \(object.body.count)\r\n\r\n"
        + (words[0] == "HEAD" ? "" : String(decoding: object.body, as: UTF8.self))
    }
  }

  /// Three keys a page; the token is the last key.
  private static func page(_ path: String, _ paths: [String]) -> String {
    let query = path.split(separator: "?")[1].split(separator: "&").map {
      $0.split(separator: "=", maxSplits: 1)
    }
    func value(_ name: String) -> String {
      query.first { $0[0] == name }.map { String($0.last!).replacing("%2F", with: "/") } ?? ""
    }
    let keys = paths.map { String($0.dropFirst(3)) }.filter {
      $0.hasPrefix(value("prefix")) && $0 > value("continuation-token")
    }
    let isTruncated = keys.count > 3
    var body = "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>\(isTruncated)</IsTruncated>"
    for key in keys.prefix(3) { body += "<Contents><Key>\(key)</Key><Size>1</Size></Contents>" }
    if isTruncated { body += "<NextContinuationToken>\(keys[2])</NextContinuationToken>" }
    body += "</ListBucketResult>"
    return "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static func refusal(_ status: Int, _ code: String, _ fields: String = "", message: String = "m") -> String {
    let body = "<Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
    return "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)"
  }
}
