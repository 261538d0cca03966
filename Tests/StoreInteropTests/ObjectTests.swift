import Crypto
import Foundation
import HTTP
import S3
import TestServers
import Testing

extension StoreInterop {
  /// Names, sizes and metadata come through unchanged.
  @Suite struct Objects {
    @Test("a key of any characters is the same key for another client", arguments: programs)
    func keys(_ program: StoreServer.Program) async throws {
      let bucket = try Bucket(program)
      let keys = [
        "plain/2025-01-01.json", "with space/a b", "ünïcödé/日本語.json", "a+b", "100%", "100%25", "k=v&x=y",
        "~tilde",
        "semi;colon:and,comma", "quo'te(s)!*", "@home",
      ]
      for key in keys {
        let stored = await bucket.put(
          key, S3Payload(bytes: Array(key.utf8)), metadata: [("name", "of \(key.utf8.count)")])
        #expect(stored.error == nil, "\(key)")
      }
      let found = try bucket.found()
      #expect(found.keys.sorted() == keys.sorted())
      #expect(try await bucket.listed(pageSize: 4).sorted() == keys.sorted())
      for key in keys {
        let object = try #require(found[key], "\(key)")
        #expect(try object.bytes() == Array(key.utf8), "\(key)")
        #expect(object.metadata["name"] == "of \(key.utf8.count)")
        #expect(object.contentType == "application/json")
        guard case .memory(let bytes) = try await bucket.get(key).get().body else { return }
        #expect(bytes == Array(key.utf8), "\(key)")
        #expect(try await bucket.head(key).get().metadata("name") == "of \(key.utf8.count)")
        #expect(await bucket.delete(key).error == nil, "\(key)")
      }
      #expect(try bucket.found().isEmpty)
      #expect(await bucket.head(keys[0]).error?.kind == .noSuchKey)
    }

    @Test("an object of no bytes and one of 5 MB", arguments: programs)
    func sizes(_ program: StoreServer.Program) async throws {
      let bucket = try Bucket(program)
      let large = Array(Pattern.bytes(at: 0, count: 5_000_000))
      #expect(await bucket.put("none", S3Payload(bytes: [])).error == nil)
      #expect(await bucket.put("large", S3Payload(bytes: large)).error == nil)
      let found = try bucket.found()
      #expect(try found["none"]?.bytes() == [])
      #expect(try found["large"]?.bytes() == large)
      guard case .memory(let none) = try await bucket.get("none").get().body else { return }
      #expect(none == [])
      guard case .memory(let back) = try await bucket.get("large").get().body else { return }
      #expect(back == large)
    }

    @Test("an object of 200 MB goes there and comes back in bounded memory", arguments: programs)
    func bounded(_ program: StoreServer.Program) async throws {
      let bucket = try Bucket(program)
      let size: Int64 = 200_000_000
      let payload = S3Payload(
        body: .stream(length: size) { Pattern.Reader(size: size) }, sha256: Pattern.sha256(size: size))
      let path = "/tmp/store-interop-\(UInt32.random(in: .min ... .max))"
      defer { unlink(path) }
      let memory = PeakMemory()
      #expect(await bucket.put("huge", payload).error == nil)
      let back = await bucket.get("huge", .spill(memoryLimit: 1 << 16, path: path, maxSize: size))
      #expect(back.error == nil)
      #expect(memory.growth() < 32 << 20)
      #expect(try Pattern.sha256(file: path) == payload.sha256)
      #expect(await bucket.delete("huge").error == nil)
    }
  }
}
