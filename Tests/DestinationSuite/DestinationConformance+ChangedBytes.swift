import Formats
import Glibc
import MissionCore
import Ports
import Spool
import TestSupport

extension DestinationConformance {
  /// A large result lies in a file that anything may happen to: other bytes than were hashed are never committed, and
  /// what was loaded before stays.
  func refusesChangedBytes() throws {
    let mission = Self.mission(14)
    _ = try load(#"[{"id":"before"}]"#, mission)
    let before = try inspect([mission])
    let folder = TemporaryFolder()
    let store = try SpoolStore(directory: folder.path)
    let result = try spooled(in: store, mission)
    let path = "\(folder.path)/\(mission).json"
    defer { store.close() }
    // A digit of a number, a letter of an id, and what makes it no JSON any more.
    for (offset, byte) in [(result.size - 3, "7"), (20, "y"), (result.size / 2, "}")] {
      let old = try replaceByte(at: offset, of: path, by: byte.utf8.first!)
      guard case .failure(let error) = answer(result, mission) else {
        throw BrokenRule(description: "altered bytes were loaded (at \(offset))")
      }
      try expect(error.spoolFault, .lost(path: path))
      try expect(inspect([mission]), before)
      _ = try replaceByte(at: offset, of: path, by: old)
    }
    try expect(
      try answer(result, mission).get(), LoadOutcome(rows: 12_000, repeatedIDs: 0, wasLoadedBefore: false))
  }

  private func spooled(in store: SpoolStore, _ mission: MissionID) throws -> SpooledResult {
    let ads = (0..<12_000).map { #"{"id":"x\#($0)","text":"some words to fill it","n":5}"# }
    let bytes = Array(("[" + ads.joined(separator: ",") + "]").utf8)
    let reply = Reply<Result<ScrapeAnswer, SpoolError>>()
    store.ingest(.memory(bytes), mission: mission, as: DocumentReader()) { reply.give($0) }
    guard case .completed(let result) = try reply.wait().get(), !result.isInMemory else {
      throw BrokenRule(description: "the suite's large result is none")
    }
    return result
  }

  private func replaceByte(at offset: Int64, of path: String, by byte: UInt8) throws -> UInt8 {
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    var old: UInt8 = 0
    var new = byte
    try expect(pread(descriptor, &old, 1, Int(offset)), 1)
    try expect(pwrite(descriptor, &new, 1, Int(offset)), 1)
    return old
  }

  private func answer(_ result: SpooledResult, _ mission: MissionID) -> Result<LoadOutcome, DestinationError>
  {
    let model = Self.request("[]", mission)
    let request = LoadRequest(
      mission: mission, parameters: model.parameters, runID: model.runID, result: result, at: model.at)
    let reply = Reply<Result<LoadOutcome, DestinationError>>()
    destination.load(request) { reply.give($0) }
    return reply.wait()
  }
}
