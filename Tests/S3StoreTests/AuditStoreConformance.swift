import Crypto
import JSONStream
import MissionCore
import Ports
import Spool
import TestSupport
import Testing

/// What every audit store must do. `stored` looks into the store from outside: the bytes under a key.
struct AuditStoreConformance {
  let store: any AuditStore
  let stored: @Sendable (_ key: String) -> [UInt8]?
  /// All keys that are there.
  let keys: @Sendable () -> [String]

  func run() async throws {
    try await emptyResult()
    try await layout()
    try await repetition()
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
    #expect(stored(object.key) == Array("[]\n".utf8))
    #expect(object.size == 3)
    #expect(object.sha256 == SHA256.hexDigest(of: "[]\n"))
    #expect(!object.etag.isEmpty)
  }

  private func layout() async throws {
    let object = try await put(request(#"[{"id":"1","p":1.10,"é":"\u0041","o":{},"a":[1,[]]}]"#, ads: 1))
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
    #expect(stored(object.key).map { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(object.sha256 == SHA256.hexDigest(of: expected))
    #expect(object.size == Int64(expected.utf8.count))
  }

  private func repetition() async throws {
    let first = try await put(request("[1,2]", ads: 2))
    let second = try await put(request("[1,2]", ads: 2))
    #expect(first == second)
  }

  private func largeResult() async throws {
    let ad = #"{"id":"\#(String(repeating: "x", count: 900))","n":[1,2,3]}"#
    let data = Array("[\(Array(repeating: ad, count: 3000).joined(separator: ","))]".utf8)
    let object = try await put(request(data, ads: 3000, day: 7))
    let expected = data.withUnsafeBytes { JSONLayout.bytes(of: $0) }
    let isSame = stored(object.key) == expected
    #expect(isSame)
    #expect(object.sha256 == SHA256.hexDigest(of: expected))
    #expect(object.size == Int64(expected.count))
  }

  private func manyAtOnce() async throws {
    let objects = try await withThrowingTaskGroup(of: StoredObject.self) { group in
      for day in 8..<28 {
        group.addTask { try await put(request("[\(day)]", ads: 1, day: day)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(objects.map(\.key)).count == 20)
    for object in objects { #expect(stored(object.key).map(SHA256.hexDigest(of:)) == object.sha256) }
  }

  private func checking() async throws {
    let before = keys().sorted()
    let result = await withCheckedContinuation { continuation in
      store.check { continuation.resume(returning: $0) }
    }
    #expect(throws: Never.self) { try result.get() }
    #expect(keys().sorted() == before)
  }

  private func looking() async throws {
    let request = request("[1,2,3]", ads: 3, day: 40)
    let object = try await put(request)
    let found = try await find(object.key, readingBytes: true)
    #expect(found?.sha256 == object.sha256)
    #expect(found?.size == object.size)
    #expect(found?.etag == object.etag)
    #expect(found?.dataSHA256 == request.result.sha256)
    let asked = try await find(object.key, readingBytes: false)
    #expect(asked == FoundObject(etag: object.etag, size: object.size, dataSHA256: request.result.sha256))
    for readingBytes in [true, false] {
      #expect(try await find(object.key + "x", readingBytes: readingBytes) == nil)
    }
    #expect(store.key(of: request.mission, request.parameters) == object.key)
  }

  private func fetching() async throws {
    let folder = TemporaryFolder()
    let data = Array("[\(Array(repeating: "1234567", count: 20_000).joined(separator: ","))]".utf8)
    let object = try await put(request(data, ads: 20_000, day: 41))
    #expect(try await fetch(object.key, folder.path + "/a", maxSize: object.size))
    #expect(folder.bytes("a").map(SHA256.hexDigest(of:)) == object.sha256)
    #expect(try await !fetch(object.key + "x", folder.path + "/b", maxSize: 100))
    await #expect(throws: AuditError.self) {
      try await fetch(object.key, folder.path + "/c", maxSize: object.size - 1)
    }
    #expect(folder.bytes("b") == nil)
    #expect(folder.bytes("c") == nil)
  }

  /// All that was put above is found, once, page by page.
  private func listing() async throws {
    var found: [String] = []
    var token: String?
    repeat {
      let page = try await withCheckedThrowingContinuation { continuation in
        store.list(token: token) { continuation.resume(with: $0) }
      }
      found += page.keys
      token = page.next
    } while token != nil && found.count < 10_000
    #expect(found.sorted() == keys().sorted())
  }

  private func find(_ key: String, readingBytes: Bool) async throws -> FoundObject? {
    try await withCheckedThrowingContinuation { continuation in
      store.find(key, readingBytes: readingBytes) { continuation.resume(with: $0) }
    }
  }

  private func fetch(_ key: String, _ path: String, maxSize: Int64) async throws -> Bool {
    try await withCheckedThrowingContinuation { continuation in
      store.fetch(key, to: path, maxSize: maxSize) { continuation.resume(with: $0) }
    }
  }

  private func put(_ request: AuditRequest) async throws -> StoredObject {
    try await store.result(request).get()
  }
}

extension AuditStore {
  /// Puts and waits for the reply.
  func result(_ request: AuditRequest) async -> Result<StoredObject, AuditError> {
    await withCheckedContinuation { continuation in
      put(request) { continuation.resume(returning: $0) }
    }
  }
}

func request(_ data: String, ads: Int, day: Int = 1) -> AuditRequest {
  request(Array(data.utf8), ads: ads, day: day)
}

func request(_ data: [UInt8], ads: Int, day: Int = 1) -> AuditRequest {
  let date = CalendarDay(daysSinceEpoch: 20_088 + Int32(day))
  let parameters = MissionParameters(
    dateStart: date, dateEnd: date, mediaType: .video, languages: ["pt", "ENG"])
  let mission = MissionID(digest: SHA256.digest(of: parameters.canonicalLine))
  return AuditRequest(
    mission: mission, parameters: parameters, runID: "run-1",
    result: SpooledResult(mission: mission, inMemory: data, adsCount: ads))
}
