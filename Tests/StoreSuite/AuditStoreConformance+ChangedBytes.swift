import Formats
import Foundation
import MissionCore
import Ports
import Spool
import TestSupport
import Testing

extension AuditStoreConformance {
  /// A large result lies in a file that anything may happen to: no object of other bytes ever counts.
  func changedBytes() async throws {
    for size in [600_000, 3_000_000] {
      let folder = TemporaryFolder()
      let store = try SpoolStore(directory: folder.path + "/spool")
      defer { store.close() }
      let model = request("[]", ads: 0, day: 20)
      let result = try await spooled(String(repeating: "x", count: size), in: store, model.mission)
      let request = AuditRequest(
        mission: model.mission, parameters: model.parameters, runID: "run-1", result: result)
      let path = "\(folder.path)/spool/\(model.mission).json"
      var bytes = try require(folder.bytes("spool/\(model.mission).json"), "the result is in no file")
      // What makes it no JSON any more, a letter, and what would be read beyond the end.
      for (place, byte) in [(1, "}"), (size / 2, "y"), (size / 2, "\""), (bytes.count - 1, "[")] {
        let old = bytes[place]
        bytes[place] = byte.utf8.first!
        try write(bytes, path)
        guard case .failure(let error) = await self.store.result(request) else {
          throw BrokenRule("an object of altered bytes is stored: \(byte) at \(place) of \(size)")
        }
        try expect(error.spoolFault, .lost(path: path))
        bytes[place] = old
      }
      try write(bytes, path)
      let object = try await self.store.result(request).get()
      try require(object.size > Int64(size), "an object of the bytes as they were is not whole")
    }
  }

  /// In place, as a disk does it.
  private func write(_ bytes: [UInt8], _ path: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: Data(bytes))
    try file.close()
  }

  private func spooled(_ text: String, in store: SpoolStore, _ mission: MissionID) async throws
    -> SpooledResult
  {
    let answer = Array(#"[{"":"\#(text)"}]"#.utf8)
    let ingested = try await withCheckedThrowingContinuation { continuation in
      store.ingest(.memory(answer), mission: mission, as: DocumentReader()) { continuation.resume(with: $0) }
    }
    guard case .completed(let result) = ingested else {
      throw SpoolError.wrongShape(what: "the test expected a result", excerpt: "")
    }
    return result
  }
}
