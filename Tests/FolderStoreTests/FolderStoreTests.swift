import Foundation
import MissionCore
import Ports
import StoreSuite
import TestSupport
import Testing

@testable import FolderStore

@Suite(.timeLimit(.minutes(5))) struct FolderStoreTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/audit" }

  private func store(_ prefix: String = "scrapes") throws -> FolderStore {
    try FolderStore(path: path, prefix: prefix)
  }

  private func files() -> [String] { Self.files(in: path) }

  /// All files below a folder, by their paths in it.
  @Sendable private static func files(in path: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
    return found.filter { FileManager.default.fileExists(atPath: "\(path)/\($0)", isFolder: false) }.sorted()
  }

  private func check(_ store: FolderStore) async -> Result<CheckedStore, AuditError> {
    await withCheckedContinuation { continuation in
      store.check { continuation.resume(returning: $0) }
    }
  }

  private func failure(_ store: FolderStore) async throws -> AuditError {
    switch await store.result(request("[1]", ads: 1)) {
    case .success: throw AuditError(code: .internalError, message: "stored")
    case .failure(let error): return error
    }
  }

  @Test("the folder store does what every store must", arguments: ["scrapes", "", "a/b"])
  func conformance(prefix: String) async throws {
    let path = path
    try await AuditStoreConformance(
      store: try store(prefix),
      stored: { FileManager.default.contents(atPath: "\(path)/\($0)").map { Array($0) } },
      keys: { Self.files(in: path).filter { !$0.hasSuffix(".meta.json") } }
    ).run()
  }

  @Test(
    "an object is a file, its metadata lie beside it, its ETag is its MD5, and all is for its owner alone")
  func files() async throws {
    let object = try await store().result(request("[]", ads: 0)).get()
    #expect(object.etag == "\"58e0494c51d30eb3494f7c9198986bb9\"")
    #expect(files() == [object.key, object.key + ".meta.json"])
    #expect(folder.bytes("audit/\(object.key)") == Array("[]\n".utf8))
    let metadata = folder.bytes("audit/\(object.key).meta.json").map { String(decoding: $0, as: UTF8.self) }
    #expect(
      metadata?.hasPrefix("{\n  \"content-type\": \"application/json\",\n  \"mission-id\": \"") == true)
    #expect(metadata?.hasSuffix("\n}\n") == true)
    for name in ["", "/scrapes", "/\(object.key)"] {
      let mode = try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions] as? Int
      #expect(mode == (name.hasSuffix(".json") ? 0o600 : 0o700))
    }
  }

  @Test("the folder is made, but not the one that it is in")
  func parent() async throws {
    let store = try FolderStore(path: folder.path + "/absent/audit", prefix: "")
    let error = try await failure(store)
    #expect(error.code == .storeOther)
    #expect(error.message.plain.hasSuffix("does not exist, nor does the folder that it would be made in"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/absent"))
  }

  @Test("a folder that goes away while it is used is not made again")
  func gone() async throws {
    let store = try store()
    _ = try await store.result(request("[]", ads: 0)).get()
    try FileManager.default.removeItem(atPath: path)
    #expect(try await failure(store).message == "\(path) is not there any more")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("what a killed process has left is taken over and never listed")
  func leftover() async throws {
    let store = try store()
    let sample = request("[1]", ads: 1)
    let key = store.key(of: sample.mission, sample.parameters)
    let name = URL(fileURLWithPath: key).lastPathComponent
    let part = "\(path)/\(key.dropLast(name.count)).\(name).part"
    _ = try await store.result(sample).get()
    try Data("half of something that was longer than the object".utf8).write(to: URL(fileURLWithPath: part))
    let page = try await withCheckedThrowingContinuation { continuation in
      store.list(prefix: nil, token: nil) { continuation.resume(with: $0) }
    }
    #expect(page.keys == [key])
    _ = try await store.result(sample).get()
    #expect(folder.bytes("audit/\(key)") == Array("[\n  1\n]\n".utf8))
    #expect(!FileManager.default.fileExists(atPath: part))
  }

  @Test("a page ends after a thousand keys, and the next begins behind it, whatever folders are in between")
  func pages() async throws {
    let keys = (0..<1500).map { "scrapes/\($0 % 3 == 0 ? "2025-01-0\($0 % 9)/" : "2025.")\($0).json" }
    for key in keys {
      let file = "\(path)/\(key)"
      try FileManager.default.createDirectory(
        atPath: String(file[..<file.lastIndex(of: "/")!]), withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: file))
    }
    let store = try store()
    var found: [String] = []
    var token: String?
    var pages = 0
    repeat {
      let last = token
      let page = try await withCheckedThrowingContinuation { continuation in
        store.list(prefix: nil, token: last) { continuation.resume(with: $0) }
      }
      found += page.keys
      token = page.next
      pages += 1
    } while token != nil
    #expect(pages == 2)
    #expect(found == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test("a key that leads out of the folder is none")
  func escape() async throws {
    let store = try store()
    for key in ["../x.json", "/etc/passwd", "a//b", "a/./b"] {
      let answer = await withCheckedContinuation { continuation in
        store.find(key, readingBytes: true) { continuation.resume(returning: $0) }
      }
      guard case .failure(let error) = answer else {
        Issue.record("\(key) was looked at")
        continue
      }
      #expect(error.code == .storeOther)
    }
  }

  @Test("a link is no object, and nothing is written through one")
  func link() async throws {
    let store = try store()
    let sample = request("[1]", ads: 1)
    let object = try await store.result(sample).get()
    let target = folder.path + "/elsewhere"
    try FileManager.default.moveItem(atPath: "\(path)/\(object.key)", toPath: target)
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(object.key)", withDestinationPath: target)
    let answer = await withCheckedContinuation { continuation in
      store.find(object.key, readingBytes: false) { continuation.resume(returning: $0) }
    }
    #expect(throws: AuditError.self) { try answer.get() }
    let second = await store.result(request("[2]", ads: 1))
    #expect(throws: AuditError.self, "what is there is not ours to replace") { try second.get() }
    #expect(FileManager.default.contents(atPath: target) == Data("[\n  1\n]\n".utf8))
  }

  @Test("check says what it did and where, and leaves nothing")
  func checking() async throws {
    #expect(
      try await check(try store()).get().deeds == "wrote, read and removed a probe object in \(path)")
    #expect(files() == [])
  }

  @Test("a file in the folder's place is told")
  func notAFolder() async throws {
    try Data().write(to: URL(fileURLWithPath: path))
    guard case .failure(let error) = await check(try store()) else {
      Issue.record("passed")
      return
    }
    #expect(error.message == "\(path) is not a folder")
  }
}

extension FileManager {
  fileprivate func fileExists(atPath path: String, isFolder wanted: Bool) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue == wanted
  }
}
