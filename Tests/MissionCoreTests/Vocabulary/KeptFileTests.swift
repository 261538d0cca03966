import MissionCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct KeptFileTests {
  private let files = [
    KeptFile(name: "a.csv", size: 12, sha256: "aa", place: "m/1/a.csv"),
    KeptFile(name: "pasta/é \"x\".pdf", size: 5_000_000_000, sha256: "bb", place: "m/1/pasta/é \"x\".pdf"),
  ]

  @Test("a list of kept files reads back from its JSON, with and without the places")
  func json() throws {
    #expect([KeptFile](json: files.json(withPlaces: true)) == files)
    let without = files.map { KeptFile(name: $0.name, size: $0.size, sha256: $0.sha256) }
    #expect([KeptFile](json: files.json(withPlaces: false)) == without)
    #expect([KeptFile]().json(withPlaces: true) == "[]")
    #expect([KeptFile](json: "[]") == [])
    #expect(
      files.json(withPlaces: false).hasPrefix(#"[{"name":"a.csv","size":12,"sha256":"aa"},{"name":"pasta/"#))
    // As `jsonb` writes it: other order, spaces.
    let spaced = #"[{"name": "a.csv", "size": 12, "sha256": "aa"}]"#
    #expect([KeptFile](json: spaced) == [without[0]])
  }

  @Test(
    "a text that is no list of kept files is none",
    arguments: ["", "{}", "[1]", "[{}]", #"[{"name":"a","size":"1","sha256":"x"}]"#, #"[{"name":"a"}"#])
  func refused(_ json: String) { #expect([KeptFile](json: json) == nil) }

  @Test("what is not plain is percent-encoded in the key, a slash too")
  func keyName() {
    #expect(KeptFile(name: "a/b c~é.csv", size: 0, sha256: "").keyName == "a%2Fb%20c%7E%C3%A9.csv")
    #expect(KeptFile(name: "A-z_0.9", size: 0, sha256: "").keyName == "A-z_0.9")
  }

  @Test("files are ordered by the bytes of their names")
  func order() {
    let names = ["b", "a/x", "é", "a", "Z"]
    let sorted = names.map { KeptFile(name: $0, size: 0, sha256: "") }.sorted().map(\.name)
    #expect(sorted == ["Z", "a", "a/x", "b", "é"])
  }
}
