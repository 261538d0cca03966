import HTTP
import JSONStream
import MissionCore
import Ports
import URI

/// What a writer's answers say; nil for what is not as `examples/writer-api` has it.
enum WriterAnswer {
  /// `{"sha256": "…", "rows": 12}`; `loaded_at` where the writer knows it.
  static func ledger(_ response: HTTPResponse) -> LoadedMission.Ledger? {
    guard case .memory(let bytes) = response.body else { return nil }
    return bytes.withUnsafeBytes { bytes in
      guard let members = try? JSONScanner.members(of: bytes),  // what is no JSON says nothing
        let sha256 = text("sha256", members, bytes), isDigest(sha256),
        let rows = members.last(where: { $0.key == "rows" })?.value, rows.kind == .number,
        let count = JSONText.integer(bytes, rows.range), (0...Int64(Int32.max)).contains(count)
      else { return nil }
      return LoadedMission.Ledger(
        adsCount: Int(count), rowsCount: Int(count), sha256: sha256,
        loadedAt: text("loaded_at", members, bytes).flatMap { Timestamp($0) })
    }
  }

  /// `{"missions": [{"mission_id": "…"}, …]}`, in ascending order.
  static func missions(_ response: HTTPResponse) -> [String]? {
    guard case .memory(let bytes) = response.body else { return nil }
    return bytes.withUnsafeBytes { bytes in
      guard let members = try? JSONScanner.members(of: bytes),  // what is no JSON says nothing
        let list = members.last(where: { $0.key == "missions" })?.value, list.kind == .array
      else { return nil }
      var elements = JSONArrayReader(UnsafeRawBufferPointer(rebasing: bytes[list.range]), id: missionID)
      var found: [String] = []
      while true {
        guard let element = try? elements.next() else { return found }  // it was read as JSON before
        guard let id = element.id, id.kind == .string else { return nil }
        found.append(JSONText.string(UnsafeRawBufferPointer(rebasing: bytes[list.range]), id.range))
      }
    }
  }

  /// Whether a page goes on where the one before ended.
  static func leadsOn(_ page: [String], after: String?) -> Bool {
    var last = after
    for id in page {
      if let last, !last.utf8.lexicographicallyPrecedes(id.utf8) { return false }
      last = id
    }
    return true
  }

  static func listPath(after: String?, limit: Int) -> String {
    let place = after.map { "after=\(PercentEncoding.encode($0))&" } ?? ""
    return "/missions?\(place)limit=\(limit)"
  }

  private static let missionID = JSONPointer("/mission_id")!  // a pointer as RFC 6901 has it

  private static func text(
    _ name: String, _ members: [JSONMember], _ bytes: UnsafeRawBufferPointer
  ) -> String? {
    guard let value = members.last(where: { $0.key == name })?.value, value.kind == .string else {
      return nil
    }
    return JSONText.string(bytes, value.range)
  }

  private static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
