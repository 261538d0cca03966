import Crypto
import JSONStream
import MissionCore
import Ports

/// What every store must do. An implementation's tests make one of these and run it; it throws a `BrokenRule` that says
/// which one is not kept.
package struct AuditStoreConformance {
  package let store: any AuditStore
  /// Looks into the store from outside: the bytes under a key.
  package let stored: @Sendable (_ key: String) throws -> [UInt8]?
  /// All keys that are there, seen from outside.
  package let keys: @Sendable () throws -> [String]
  /// Whether an object that is there is kept when another one is only to be created (not every S3 store does).
  package let keepsCreateOnly: Bool
  /// Whether it tells what it holds; one that does not says so with ERROR403, and each key is asked for.
  package let lists: Bool

  package init(
    store: any AuditStore, stored: @escaping @Sendable (_ key: String) throws -> [UInt8]?,
    keys: @escaping @Sendable () throws -> [String], keepsCreateOnly: Bool = true,
    lists: Bool = true
  ) {
    self.store = store
    self.stored = stored
    self.keys = keys
    self.keepsCreateOnly = keepsCreateOnly
    self.lists = lists
  }

  package func run() async throws {
    try await emptyResult()
    try await layout()
    try await repetition()
    try await replacing()
    try await creating()
    try await keepingFiles()
    try await prefixes()
    try await largeResult()
    try await changedBytes()
    try await manyAtOnce()
    try await checking()
    try await looking()
    try await fetching()
    try await listing()
  }

  private func emptyResult() async throws {
    let object = try await put(request("[]", ads: 0))
    try expect(stored(object.key), Array("[]\n".utf8))
    try expect(object.size, 3)
    try expect(object.sha256, SHA256.hexDigest(of: "[]\n"))
    try require(!object.etag.isEmpty, "an object has no ETag")
  }

  private func layout() async throws {
    let object = try await put(
      request(#"[{"id":"1","p":1.10,"é":"\u0041","o":{},"a":[1,[]]}]"#, ads: 1, day: 70))
    let expected = """
      [
        {
          "id": "1",
          "p": 1.10,
          "é": "\\u0041",
          "o": {},
          "a": [
            1,
            []
          ]
        }
      ]

      """
    try expect(stored(object.key).map { String(decoding: $0, as: UTF8.self) }, expected)
    try expect(object.sha256, SHA256.hexDigest(of: expected))
    try expect(object.size, Int64(expected.utf8.count))
  }

  private func repetition() async throws {
    let first = try await put(request("[1,2]", ads: 2, day: 71))
    let second = try await put(request("[1,2]", ads: 2, day: 71))
    try expect(first, second)
  }

  /// A put that replaces takes the place of what is there, its metadata too.
  private func replacing() async throws {
    let first = try await put(request("[1]", ads: 1, day: 3))
    var other = request("[1,2]", ads: 2, day: 3)
    other.replaces = true
    let second = try await put(other)
    try expect(second.key, first.key)
    try expect(stored(second.key).map(SHA256.hexDigest(of:)), second.sha256)
    try expect(try await find(second.key, readingBytes: false)?.dataSHA256, other.result.sha256)
  }

  private func largeResult() async throws {
    let ad = #"{"id":"\#(String(repeating: "x", count: 900))","n":[1,2,3]}"#
    let data = Array("[\(Array(repeating: ad, count: 3000).joined(separator: ","))]".utf8)
    let object = try await put(request(data, ads: 3000, day: 7))
    let expected = data.withUnsafeBytes { JSONLayout.bytes(of: $0) }
    let isSame = try stored(object.key) == expected
    try require(isSame, "a large object has other bytes than its result laid out")
    try expect(object.sha256, SHA256.hexDigest(of: expected))
    try expect(object.size, Int64(expected.count))
  }

  private func manyAtOnce() async throws {
    let objects = try await withThrowingTaskGroup(of: StoredObject.self) { group in
      for day in 8..<28 {
        group.addTask { try await put(request("[\(day)]", ads: 1, day: day)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    try expect(Set(objects.map(\.key)).count, 20)
    for object in objects { try expect(stored(object.key).map(SHA256.hexDigest(of:)), object.sha256) }
  }

  private func checking() async throws {
    let before = try keys().sorted()
    let result = await withCheckedContinuation { continuation in
      store.check { continuation.resume(returning: $0) }
    }
    _ = try result.get()
    try expect(keys().sorted(), before)
  }
}
