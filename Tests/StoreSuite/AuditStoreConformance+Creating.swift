import Crypto
import Foundation
import MissionCore
import Ports
import TestSupport

extension AuditStoreConformance {
  /// An object is only created: another one under its key stays, and is told; our own counts as written.
  func creating() async throws {
    let first = request("[1]", ads: 1, day: 50)
    var second = request("[1,2]", ads: 2, day: 50)
    let object = try await put(first)
    guard keepsCreateOnly else {
      try expect(try await put(second).sha256 == object.sha256, false)
      return
    }
    switch await store.result(second) {
    case .success: throw BrokenRule("another object was written over")
    case .failure(let error):
      try expect(error.code, .objectDiffers)
      try expect(error.existing?.dataSHA256, first.result.sha256)
      try require(error.message.plain.contains(second.result.sha256), "our digest is not told: \(error)")
      try require(error.message.plain.contains(first.result.sha256), "their digest is not told: \(error)")
      try require(!error.severity.isTransient, "a person must look, and it is tried again")
    }
    try expect(stored(object.key).map(SHA256.hexDigest(of:)), object.sha256)
    try expect(try await find(object.key, readingBytes: false)?.dataSHA256, first.result.sha256)
    try expect(try await put(first), object)
    second.replaces = true
    let replaced = try await put(second)
    try expect(stored(object.key).map(SHA256.hexDigest(of:)), replaced.sha256)
    try expect(try await put(second), replaced)
    // What is not there is replaced by being created.
    var third = request("[3]", ads: 1, day: 51)
    third.replaces = true
    _ = try await put(third)
  }

  /// Files that are kept beside an audit object come and go as they are.
  func keepingFiles() async throws {
    let folder = TemporaryFolder()
    let large = Array(repeating: UInt8(ascii: "x"), count: 3_000_000)
    for (name, bytes) in [("a.csv", Array("a;b\n".utf8)), ("leer", []), ("pasta/é ~.pdf", large)] {
      let request = try kept(name, bytes, folder)
      let object = try await put(request)
      let encoded = name == "pasta/é ~.pdf" ? "pasta%2F%C3%A9%20%7E.pdf" : name
      try require(
        object.key.hasSuffix("2025-03-02/\(request.mission)/\(encoded)"), "the key is \(object.key)")
      try expect(object.key, store.key(of: request.file, request.mission, request.parameters))
      try require(try stored(object.key) == bytes, "\(name) came with other bytes")
      try expect(object.size, Int64(bytes.count))
      try expect(object.sha256, request.file.sha256)
      try expect(try await put(request), object)
      let found = try await find(object.key, readingBytes: false)
      try expect(found?.bodySHA256, request.file.sha256)
      try expect(found?.dataSHA256, nil)
      try expect(found?.missionID, "\(request.mission)")
      try await remove(object.key)
      try expect(try stored(object.key), nil)
      try await remove(object.key)
    }
    try await refusesOtherFiles(folder)
  }

  /// Bytes that are not the ones that were listed never count, nor do they come in place of others.
  private func refusesOtherFiles(_ folder: TemporaryFolder) async throws {
    let bytes = Array(repeating: UInt8(ascii: "y"), count: 600_000)
    let request = try kept("b.bin", bytes, folder)
    let object = try await put(request)
    var changed = bytes
    changed[599_999] = 1
    for other in [changed, Array(bytes.dropLast()), bytes + [1], nil] {
      var altered = request
      altered.replaces = true
      altered.path = folder.path + "/other"
      let place = URL(fileURLWithPath: altered.path)
      if let other { try Data(other).write(to: place) } else { try FileManager.default.removeItem(at: place) }
      do {
        _ = try await put(altered)
        throw BrokenRule("a file of other bytes is stored")
      } catch let error as AuditError {
        try expect(error.spoolFault, .lost(path: altered.path))
      }
    }
    try require(try stored(object.key) == bytes, "a file of other bytes came in place of a good one")
    if keepsCreateOnly {
      let other = try kept("b.bin", changed, folder)
      do {
        _ = try await put(other)
        throw BrokenRule("another file was written over")
      } catch let error as AuditError { try expect(error.code, .objectDiffers) }
    }
    try await remove(object.key)
  }

  /// Missions of a source with a prefix of its own lie there.
  func prefixes() async throws {
    for prefix in ["elsewhere/a", "elsewhere/ab"] {
      var request = request("[1]", ads: 1, day: 60)
      request.prefix = prefix
      let object = try await put(request)
      try expect(object.key, "\(prefix)/2025-03-01/\(request.mission).json")
      try expect(store.key(of: request.mission, request.parameters, prefix: prefix), object.key)
      try require(try await find(object.key, readingBytes: false) != nil, "\(object.key) is not found")
    }
  }

  private func kept(
    _ name: String, _ bytes: [UInt8], _ folder: TemporaryFolder
  ) throws -> KeptFileRequest {
    let model = request("[]", ads: 0, day: 61)
    let local = "file-\(bytes.count)-\(SHA256.hexDigest(of: bytes).prefix(8))"
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/" + local))
    return KeptFileRequest(
      mission: model.mission, parameters: model.parameters, runID: "run-1",
      file: KeptFile(name: name, size: Int64(bytes.count), sha256: SHA256.hexDigest(of: bytes), place: local),
      path: folder.path + "/" + local)
  }

  private func put(_ request: KeptFileRequest) async throws -> StoredObject {
    try await withCheckedThrowingContinuation { continuation in
      store.put(request) { continuation.resume(with: $0) }
    }
  }

  private func remove(_ key: String) async throws {
    try await withCheckedThrowingContinuation { continuation in
      store.remove(key) { continuation.resume(with: $0) }
    }
  }
}
