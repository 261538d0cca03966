import Crypto
import MissionCore
import Ports
import StoreSuite
import Synchronization
import TestSupport
import Testing

@testable import HTTPStore

@Suite(.timeLimit(.minutes(5))) struct HTTPStoreTests {
  @Test(
    "the HTTP store does what every store must, whatever the server can",
    arguments: [
      DavServer.Manners(), DavServer.Manners(keepsConditions: false), DavServer.Manners(lists: false),
      DavServer.Manners(needsCollections: false, hasETags: false),
      DavServer.Manners(listedRoot: "https://inside.example:8443/dav/x"),
    ])
  func conformance(_ manners: DavServer.Manners) async throws {
    for prefix in ["scrapes", "a/b"] {
      let server = DavServer(manners)
      try await AuditStoreConformance(
        store: try store(server.url, prefix: prefix), stored: { server.file($0) },
        keys: { server.keys.filter { !$0.hasSuffix(".meta.json") } }, lists: manners.lists
      ).run()
    }
  }

  @Test(
    "metadata come before the object, missing collections are made from the first on, and it is looked at again"
  )
  func order() async throws {
    let server = DavServer()
    let store = try store(server.url)
    let object = try await store.result(request("[]", ads: 0)).get()
    let path = DavServer.path(of: object.key)
    let metadata = "PUT \(path).meta.json"
    let collections = ["/audit/scrapes/2025-01-01/", "/audit/scrapes/", "/audit/"]
    let made = (collections + collections.reversed().dropFirst()).map { "MKCOL \($0)" }
    #expect(
      server.requests == ["HEAD \(path)", metadata] + made + [metadata, "PUT \(path)", "HEAD \(path)"])
    server.forget()
    _ = try await store.result(request("[]", ads: 0)).get()
    #expect(!server.requests.contains { $0.hasPrefix("PUT") || $0.hasPrefix("MKCOL") })
    #expect(object.etag == "\"v1\"")
    let json = server.file(object.key + ".meta.json").map { String(decoding: $0, as: UTF8.self) }
    #expect(json?.hasPrefix("{\n  \"content-type\": \"application/json\",\n  \"mission-id\": \"") == true)
  }

  @Test("who comes in between keeps the object, and its metadata are put back")
  func race() async throws {
    let server = DavServer()
    let mine = request("[1]", ads: 1)
    let theirs = request("[1,2]", ads: 2)
    let ours = try store(server.url)
    let key = ours.key(of: mine.mission, mine.parameters)
    // What another machine would have written, metadata first.
    let other = DavServer()
    _ = try await store(other.url).result(theirs).get()
    let (bytes, metadata) = (other.file(key)!, other.file(key + ".meta.json")!)
    server.put(metadata, key + ".meta.json")
    server.hook { request, server in
      // Our metadata are there, our object comes: theirs is faster.
      if request.line.hasPrefix("PUT"), !request.line.contains(".meta.json"), server.file(key) == nil {
        server.put(bytes, key)
      }
      return .pass
    }
    let error = await ours.result(mine).failure
    #expect(error?.code == .objectDiffers)
    #expect(error?.existing?.dataSHA256 == theirs.result.sha256)
    #expect(server.file(key) == bytes)
    #expect(server.file(key + ".meta.json") == metadata)
  }

  @Test("an answer that is lost is no second object: the next try finds its own", arguments: ["PUT", "HEAD"])
  func lostAnswer(method: String) async throws {
    let server = DavServer()
    let lost = Mutex(false)
    server.hook { request, server in
      guard request.line.hasPrefix(method), !request.line.contains(".meta.json") else { return .pass }
      // The HEAD that looks again.
      guard method == "PUT" || !server.keys.isEmpty else { return .pass }
      return lost.withLock { isLost in
        defer { isLost = true }
        return isLost ? .pass : .lost
      }
    }
    let store = try store(server.url)
    let first = await store.result(request("[1]", ads: 1))
    // The client itself may have repeated a request on a kept connection that was closed under it.
    if let error = first.failure { #expect(error.severity.isTransient) }
    server.forget()
    let object = try await store.result(request("[1]", ads: 1)).get()
    #expect(!server.requests.contains { $0.hasPrefix("PUT") })
    #expect(server.file(object.key) == Array("[\n  1\n]\n".utf8))
  }

  @Test("what the server has kept of an object that did not come whole is written over")
  func half() async throws {
    let server = DavServer()
    let cut = Mutex(0)
    server.hook { request, _ in
      guard request.line.hasPrefix("PUT"), !request.line.contains(".meta.json") else { return .pass }
      return cut.withLock { count in
        count += 1
        return count <= 2 ? .cut(5) : .pass
      }
    }
    let store = try store(server.url)
    let sample = request("[1,2,3]", ads: 3)
    #expect(await store.result(sample).failure?.severity.isTransient == true)
    #expect(server.file(store.key(of: sample.mission, sample.parameters))?.count == 5)
    let object = try await store.result(sample).get()
    #expect(server.file(object.key).map(SHA256.hexDigest(of:)) == object.sha256)
  }

  @Test("a server that keeps less than it says is not believed")
  func short() async throws {
    let server = DavServer()
    server.hook { request, server in
      guard request.line.hasPrefix("PUT"), !request.line.contains(".meta.json") else { return .pass }
      let key = request.line.split(separator: " ")[1].dropFirst("/audit/".count)
      server.put([1, 2], String(key))
      return .answer(DavServer.empty("201 Created"))
    }
    let error = await (try store(server.url)).result(request("[1]", ads: 1)).failure
    #expect(error?.message.plain.hasSuffix("has 2 bytes, 8 were written") == true)
    #expect(error?.severity.isTransient == true)
  }

  @Test(
    "a server that does not know the header gets the same PUT without it",
    arguments: ["501 Not Implemented", "400 Bad Request"])
  func withoutConditions(_ status: String) async throws {
    let server = DavServer()
    server.hook { request, _ in
      request.field("if-none-match") == nil && request.field("if-match") == nil
        ? .pass : .answer(DavServer.empty(status))
    }
    let store = try store(server.url)
    _ = try await store.result(request("[1]", ads: 1)).get()
    server.forget()
    var second = request("[1,2]", ads: 2)
    #expect(await store.result(second).failure?.code == .objectDiffers)
    second.replaces = true
    _ = try await store.result(second).get()
    #expect(server.requests.filter { $0.hasPrefix("PUT") }.count == 2)
  }

  @Test(
    "what a refusal means",
    arguments: [
      ("401 Unauthorized", ErrorCode.storeCredentials, false),
      ("403 Forbidden", .storePermissionDenied, false),
      ("404 Not Found", .bucketMissing, true), ("405 Method Not Allowed", .storeOther, false),
      ("413 Content Too Large", .storeOther, false), ("423 Locked", .storeOther, true),
      ("429 Too Many Requests", .storeOther, true), ("500 Internal Server Error", .storeOther, true),
      ("503 Service Unavailable", .storeOther, true), ("507 Insufficient Storage", .storeOther, false),
      ("301 Moved Permanently", .storeOther, false), ("499 Gone Away", .storeOther, true),
      ("202 Accepted", .storeOther, true),
    ])
  func refusals(_ status: String, _ code: ErrorCode, _ isTransient: Bool) async throws {
    let server = DavServer()
    server.hook { request, _ in
      request.line.hasPrefix("PUT")
        ? .answer("HTTP/1.1 \(status)\r\nRetry-After: 7\r\nContent-Length: 16\r\n\r\nno: canary-token")
        : .pass
    }
    let store = try store(server.url, secrets: ["canary-token"])
    let error = try #require(await store.result(request("[1]", ads: 1)).failure)
    #expect(error.code == code)
    #expect(error.severity.isTransient == isTransient)
    #expect(!error.message.plain.contains("canary"))
    #expect(error.advice?.isEmpty == false)
    if status.hasPrefix("429") || status.hasPrefix("503") {
      #expect(error.severity.retryAfter == .seconds(7))
    }
  }

  @Test("a page holds whole collections, and the next begins behind it")
  func pages() async throws {
    let server = DavServer()
    let keys = (0..<2500).map { "scrapes/2025-01-\($0 % 4 + 10)/\($0).json" } + ["scrapes/2025-01-11.json"]
    for key in keys { server.put([], key) }
    let store = try store(server.url)
    var found: [String] = []
    var token: String?
    var pages = 0
    var watch = ListingWatch()
    repeat {
      let page = try await store.page(token)
      try watch.take(page)
      found += page.keys
      token = page.next
      pages += 1
    } while token != nil
    #expect(pages == 2)
    #expect(found == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test("check says what it did, where, and what the server does not keep")
  func checking() async throws {
    let good = DavServer()
    let checked = try await (try store(good.url)).checked().get()
    #expect(checked.deeds == "wrote, read and removed a probe object in \(good.url)")
    #expect(checked.time == Timestamp(milliseconds: 1_740_830_400_000))
    #expect(good.keys == [])
    let plain = DavServer(DavServer.Manners(keepsConditions: false, lists: false))
    #expect(
      try await (try store(plain.url)).checked().get().deeds
        == "wrote, read and removed a probe object in \(plain.url); it does not keep create-only writing; "
        + "it gives no list of what it holds")
    good.hook { request, _ in
      request.line.hasPrefix("GET") ? .answer("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx") : .pass
    }
    let failure = await (try store(good.url)).checked().failure
    #expect(failure?.message == "other bytes came back than were written")
    #expect(good.keys == [])
  }

  @Test("a key that leads out of the URL is none")
  func escape() async throws {
    let server = DavServer()
    let store = try store(server.url)
    for key in ["../x.json", "/etc/passwd", "a//b", "a/./b"] {
      await #expect(throws: AuditError.self) { try await store.found(key) }
    }
    #expect(server.requests == [])
  }

  @Test("a server that nobody answers at is told with what to look at")
  func unreachable() async throws {
    let error = try #require(
      await (try store("http://127.0.0.1:1")).result(request("[1]", ads: 1)).failure)
    #expect(error.code == .storeOther)
    #expect(error.severity.isTransient)
    #expect(error.advice?.plain.hasPrefix("nothing takes connections there") == true)
  }
}
