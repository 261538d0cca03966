import Testing

@testable import MissionCore

@Suite(.timeLimit(.minutes(5))) struct MissionIDTests {
  /// Computed with Python's hashlib and uuid from the rule of SPEC 2; the last are the shards of 3, 7 and 10.
  struct Pinned: Sendable {
    let parameters: MissionParameters
    let line: String
    let sha256: String
    let id: String
    let shards: [UInt64]

    init(
      _ start: String, _ end: String, _ type: MediaType, _ languages: [String], source: String = "default",
      line: String, sha256: String, id: String, shards: [UInt64]
    ) {
      parameters = MissionParameters(
        source: source, dateStart: CalendarDay(start)!, dateEnd: CalendarDay(end)!, mediaType: type,
        languages: languages)
      (self.line, self.sha256, self.id, self.shards) = (line, sha256, id, shards)
    }
  }

  static let pinned: [Pinned] = [
    Pinned(
      "2025-01-01", "2025-01-01", .video, ["pt"], line: "v1|default|2025-01-01|2025-01-01|video|pt",
      sha256: "b1e85fe5dfd09190d39d81ab8613569625c6b2f836180bec82bbcdc5a0a19a7b",
      id: "b1e85fe5-dfd0-8190-939d-81ab86135696", shards: [0, 6, 2]),
    Pinned(
      "2025-01-02", "2025-01-02", .video, ["PT", "eng", "pt"],
      line: "v1|default|2025-01-02|2025-01-02|video|eng,pt",
      sha256: "4a6b150372a3df7aa7e698927c66f08d229cdd71ed0a5f05bc7173d081d6ed83",
      id: "4a6b1503-72a3-8f7a-a7e6-98927c66f08d", shards: [0, 2, 2]),
    Pinned(
      "2024-02-29", "2024-03-31", .all, ["pt", "es", "FR"], source: "agency-7",
      line: "v1|agency-7|2024-02-29|2024-03-31|all|es,fr,pt",
      sha256: "0158807efdad383517e309d6dae13fc9a10e381bc31204f4ebfe8487b49958b5",
      id: "0158807e-fdad-8835-97e3-09d6dae13fc9", shards: [1, 4, 3]),
    Pinned(
      "0001-01-01", "9999-12-31", .image, ["zz"], line: "v1|default|0001-01-01|9999-12-31|image|zz",
      sha256: "5b396a6b0bce7ff4d2e9958a27b4c7278aac8342e115b33d311bfc13a9349ea5",
      id: "5b396a6b-0bce-8ff4-92e9-958a27b4c727", shards: [2, 4, 0]),
  ]

  private static func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).map { index in
      UInt8(hex.dropFirst(index).prefix(2), radix: 16)!
    }
  }

  @Test("the id comes from the canonical line, in any case and order of languages", arguments: pinned.indices)
  func derived(index: Int) {
    let pinned = Self.pinned[index]
    #expect(pinned.parameters.canonicalLine() == pinned.line)
    let id = MissionID(digest: Self.bytes(pinned.sha256))
    #expect(id.description == pinned.id)
    #expect(MissionID(pinned.id) == id)
    #expect(MissionID(pinned.id.uppercased()) == id)
    #expect(MissionID(high: id.high, low: id.low) == id)
    #expect(MissionID(digest: id.bytes) == id)
    for (count, shard) in zip([3, 7, 10] as [UInt64], pinned.shards) {
      for index in 0..<count { #expect(id.belongs(toShard: index, of: count) == (index == shard)) }
    }
    #expect(id.belongs(toShard: 0, of: 1))
  }

  @Test(
    "version 8 and the RFC's variant, whatever the digest", arguments: [0x00, 0x5A, 0xA5, 0xFF] as [UInt8])
  func bits(byte: UInt8) {
    let text = MissionID(digest: [UInt8](repeating: byte, count: 32)).description
    #expect(Array(text)[14] == "8")
    #expect("89ab".contains(Array(text)[19]))
  }

  @Test(
    "only the text form of 36 characters is an id",
    arguments: [
      "", "b1e85fe5", "b1e85fe5-dfd0-8190-939d-81ab8613569", "b1e85fe5-dfd0-8190-939d-81ab861356960",
      "b1e85fe5dfd08190939d81ab86135696", "b1e85fe5-dfd0-8190-939d_81ab86135696",
      "g1e85fe5-dfd0-8190-939d-81ab86135696", "{b1e85fe5-dfd0-8190-939d-81ab8613569}",
      "b1e85fe5-dfd0-8190-939d-81ab8613569é",
    ])
  func refused(text: String) { #expect(MissionID(text) == nil) }

  @Test("ids sort as their text does")
  func order() {
    let ids = Self.pinned.map { MissionID($0.id)! }
    #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
  }

  @Test("languages are lower case, sorted and unique, also when there is only one")
  func languages() {
    func list(_ languages: [String]) -> String {
      MissionParameters(dateStart: Sample.day, dateEnd: Sample.day, mediaType: .all, languages: languages)
        .languageList
    }
    #expect(list(["PT"]) == "pt")
    #expect(list(["pt", "ENG", "pt", "eng", "es"]) == "eng,es,pt")
  }
}
