import Crypto
import Foundation
import MissionCore
import Synchronization
import TestSupport

/// A server of files in memory, on a real socket, which a test may make into a worse one.
final class DavServer: Sendable {
  struct Manners: Sendable {
    /// Collections are made by MKCOL, and a PUT into one that is not there is refused.
    var needsCollections = true
    /// `If-None-Match` and `If-Match` of a PUT are kept; else passed over.
    var keepsConditions = true
    var lists = true
    var hasETags = true
    /// What a collection's own path is called in lists.
    var listedRoot = "/audit"
  }

  private struct State {
    var manners: Manners
    var files: [String: [UInt8]] = [:]
    var versions: [String: Int] = [:]
    var collections: Set<String> = []
    var requests: [String] = []
    var hook: (@Sendable (LoopbackServer.Request, DavServer) -> Hooked)?
  }

  /// What a test does with a request.
  enum Hooked {
    /// It is answered as always.
    case pass
    case answer(String)
    /// It is done, and the connection ends without an answer.
    case lost
    /// Only so many bytes of its body are kept, and the connection ends.
    case cut(Int)
  }

  private let state: Mutex<State>
  private let server = Mutex<LoopbackServer?>(nil)

  init(_ manners: Manners = Manners()) {
    state = Mutex(State(manners: manners))
    let server = LoopbackServer { [weak self] connection in
      while let self, let request = connection.readRequest() {
        let line = request.line.split(separator: " ").map(String.init)
        self.state.withLock { $0.requests.append("\(line[0]) \(line[1])") }
        switch self.state.withLock({ $0.hook })?(request, self) ?? .pass {
        case .pass: connection.send(bytes: self.answer(line[0], line[1], request))
        case .answer(let text): connection.send(text)
        case .lost:
          _ = self.answer(line[0], line[1], request)
          return connection.reset()
        case .cut(let count):
          self.set(line[1], Array(request.body.prefix(count)))
          return connection.reset()
        }
      }
    }
    self.server.withLock { $0 = server }
  }

  var url: String { server.withLock { $0!.url } + "/audit" }
  var requests: [String] { state.withLock { $0.requests } }

  func forget() { state.withLock { $0.requests = [] } }
  func hook(_ hook: (@Sendable (LoopbackServer.Request, DavServer) -> Hooked)?) {
    state.withLock { $0.hook = hook }
  }

  /// By key.
  func file(_ key: String) -> [UInt8]? {
    let wanted = Self.path(of: key)
    return state.withLock { $0.files[wanted] }
  }

  func put(_ bytes: [UInt8], _ key: String) { set(Self.path(of: key), bytes) }

  var keys: [String] {
    state.withLock { state in
      state.files.keys.map { String($0.dropFirst("/audit/".count).removingPercentEncoding!) }.sorted()
    }
  }

  static func path(of key: String) -> String {
    let kept = CharacterSet(
      charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
    return "/audit/" + key.addingPercentEncoding(withAllowedCharacters: kept)!
  }

  private func set(_ path: String, _ bytes: [UInt8]) {
    state.withLock { state in
      state.files[path] = bytes
      state.versions[path, default: 0] += 1
      var parts = path.split(separator: "/").dropLast()
      while !parts.isEmpty {
        state.collections.insert("/" + parts.joined(separator: "/") + "/")
        parts = parts.dropLast()
      }
    }
  }

  // MARK: Answers

  private func answer(_ method: String, _ path: String, _ request: LoopbackServer.Request) -> [UInt8] {
    let found = state.withLock { ($0.files[path], $0.manners) }
    let (file, manners) = found
    switch method {
    case "PUT": return Array(put(path, request, manners).utf8)
    case "GET", "HEAD":
      guard let file else { return Array(Self.empty("404 Not Found").utf8) }
      let etag = manners.hasETags ? "ETag: \(etag(path))\r\n" : ""
      let head =
        "HTTP/1.1 200 OK\r\n\(etag)Last-Modified: Sat, 01 Mar 2025 10:00:00 GMT\r\n"
        + "Date: Sat, 01 Mar 2025 12:00:00 GMT\r\nContent-Length: \(file.count)\r\n\r\n"
      return Array(head.utf8) + (method == "GET" ? file : [])
    case "DELETE":
      let isGone = state.withLock { $0.files.removeValue(forKey: path) } == nil
      return Array(Self.empty(isGone ? "404 Not Found" : "204 No Content").utf8)
    case "MKCOL": return Array(Self.empty(make(path)).utf8)
    case "PROPFIND" where manners.lists: return Array(list(path, manners).utf8)
    default: return Array(Self.empty("405 Method Not Allowed").utf8)
    }
  }

  private func etag(_ path: String) -> String { state.withLock { "\"v\($0.versions[path] ?? 0)\"" } }

  private func put(_ path: String, _ request: LoopbackServer.Request, _ manners: Manners) -> String {
    let collection = String(path[...path.lastIndex(of: "/")!])
    let (isThere, old) = state.withLock { ($0.collections.contains(collection), $0.files[path]) }
    guard isThere || !manners.needsCollections else { return Self.empty("409 Conflict") }
    if manners.keepsConditions {
      if request.field("if-none-match") == "*", old != nil { return Self.empty("412 Precondition Failed") }
      if let wanted = request.field("if-match"), old == nil || wanted != etag(path) {
        return Self.empty("412 Precondition Failed")
      }
    }
    set(path, request.body)
    return Self.empty(old == nil ? "201 Created" : "204 No Content")
  }

  private func make(_ path: String) -> String {
    state.withLock { state in
      guard !state.collections.contains(path) else { return "405 Method Not Allowed" }
      let parent = path.dropLast().prefix(through: path.dropLast().lastIndex(of: "/")!)
      guard parent == "/" || state.collections.contains(String(parent)) else { return "409 Conflict" }
      state.collections.insert(path)
      return "201 Created"
    }
  }

  private func list(_ path: String, _ manners: Manners) -> String {
    let names = state.withLock { state -> [String]? in
      guard state.collections.contains(path) else { return nil }
      var names: Set<String> = []
      for file in state.files.keys where file.hasPrefix(path) {
        let rest = file.dropFirst(path.count)
        names.insert(rest.firstIndex(of: "/").map { String(rest[...$0]) } ?? String(rest))
      }
      return names.sorted()
    }
    guard let names else { return Self.empty("404 Not Found") }
    let root = manners.listedRoot + path.dropFirst("/audit".count)
    var body = "<?xml version=\"1.0\"?>\n<D:multistatus xmlns:D=\"DAV:\">"
    for name in [""] + names {
      let type = name.isEmpty || name.hasSuffix("/") ? "<D:collection/>" : ""
      body += "<D:response><D:href>\(root)\(name)</D:href><D:propstat><D:prop><D:resourcetype>\(type)"
      body += "</D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
    }
    body += "</D:multistatus>"
    return "HTTP/1.1 207 Multi-Status\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static func empty(_ status: String) -> String {
    "HTTP/1.1 \(status)\r\n\(status.hasPrefix("204") ? "" : "Content-Length: 0\r\n")\r\n"
  }
}
