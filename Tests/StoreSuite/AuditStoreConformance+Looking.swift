import Crypto
import Ports
import TestSupport

extension AuditStoreConformance {
  func looking() async throws {
    let request = request("[1,2,3]", ads: 3, day: 40)
    let object = try await put(request)
    let found = try await find(object.key, readingBytes: true)
    try expect(found?.sha256, object.sha256)
    try expect(found?.size, object.size)
    try expect(found?.etag, object.etag)
    try expect(found?.dataSHA256, request.result.sha256)
    let asked = try await find(object.key, readingBytes: false)
    try expect(asked?.sha256, nil)
    try expect(asked?.etag, object.etag)
    try expect(asked?.size, object.size)
    try expect(asked?.dataSHA256, request.result.sha256)
    try expect(asked?.bodySHA256, object.sha256)
    try expect(asked?.missionID, "\(request.mission)")
    try expect(asked?.adsCount, 3)
    for readingBytes in [true, false] {
      let nothing = try await find(object.key + "x", readingBytes: readingBytes)
      try require(nothing == nil, "something is found under a key that has nothing")
    }
    try expect(store.key(of: request.mission, request.parameters), object.key)
  }

  func fetching() async throws {
    let folder = TemporaryFolder()
    let data = Array("[\(Array(repeating: "1234567", count: 20_000).joined(separator: ","))]".utf8)
    let object = try await put(request(data, ads: 20_000, day: 41))
    let isFetched = try await fetch(object.key, folder.path + "/a", maxSize: object.size)
    try require(isFetched, "an object that is there is not fetched")
    try expect(folder.bytes("a").map(SHA256.hexDigest(of:)), object.sha256)
    let isThere = try await fetch(object.key + "x", folder.path + "/b", maxSize: 100)
    try require(!isThere, "an object that is not there is fetched")
    do {
      _ = try await fetch(object.key, folder.path + "/c", maxSize: object.size - 1)
      throw BrokenRule("an object larger than what was allowed is fetched")
    } catch is AuditError {}
    try expect(folder.bytes("b"), nil)
    try expect(folder.bytes("c"), nil)
  }

  /// All that was put above is found, once, page by page and in the order of their bytes.
  func listing() async throws {
    guard lists else {
      do {
        _ = try await listed(prefix: nil)
        throw BrokenRule("a store that does not list gives a list")
      } catch let error as AuditError { return try expect(error.code, .storePermissionDenied) }
    }
    var ours = try keys().sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    if !store.prefix.isEmpty { ours.removeAll { $0.hasPrefix("elsewhere/") } }
    try expect(try await listed(prefix: nil), ours)
    // Of keys that only begin alike none.
    try expect(try await listed(prefix: "elsewhere/a").count, 1)
    try expect(try await listed(prefix: "nothing"), [])
  }

  private func listed(prefix: String?) async throws -> [String] {
    var found: [String] = []
    var token: String?
    var watch = ListingWatch()
    repeat {
      let page = try await withCheckedThrowingContinuation { continuation in
        store.list(prefix: prefix, token: token) { continuation.resume(with: $0) }
      }
      try watch.take(page)
      found += page.keys
      token = page.next
    } while token != nil
    return found
  }

  func find(_ key: String, readingBytes: Bool) async throws -> FoundObject? {
    try await withCheckedThrowingContinuation { continuation in
      store.find(key, readingBytes: readingBytes) { continuation.resume(with: $0) }
    }
  }

  private func fetch(_ key: String, _ path: String, maxSize: Int64) async throws -> Bool {
    try await withCheckedThrowingContinuation { continuation in
      store.fetch(key, to: path, maxSize: maxSize) { continuation.resume(with: $0) }
    }
  }

  func put(_ request: AuditRequest) async throws -> StoredObject {
    try await store.result(request).get()
  }
}
