import Testing

@testable import HTTPStore

@Suite struct MultistatusTests {
  private func names(_ body: String, own: String = "/dav/day/") -> [String]? {
    Multistatus(Array(body.utf8), ofCollection: Multistatus.parts(of: own))?.entries.map {
      $0.name + ($0.isCollection ? "/" : "")
    }
  }

  private func response(_ href: String, _ inside: String = "") -> String {
    "<response><href>\(href)</href><propstat><prop><resourcetype>\(inside)</resourcetype></prop></propstat>"
      + "</response>"
  }

  @Test("names are the last parts of paths or URLs, decoded, without the collection's own")
  func names() {
    let body =
      "<multistatus>" + response("/dav/day/", "<collection/>") + response("http://host:1/dav/day/a%20b.json")
      + response("/dav/day/%c3%a9&amp;.json") + response("/dav/day/sub", "<x:collection></x:collection>")
      + response("/dav/day/a%252Fb") + "</multistatus>"
    #expect(names(body) == ["a b.json", "é&.json", "sub/", "a%2Fb"])
  }

  @Test("behind a proxy the collection is the shortest path")
  func proxied() {
    let body =
      "<multistatus>" + response("/inside/day/", "<collection/>") + response("/inside/day/x.json")
      + "</multistatus>"
    #expect(names(body) == ["x.json"])
  }

  @Test(
    "a list that ends in the middle, or is none, is no list",
    arguments: ["", "<html>no</html>", "<multistatus><response>"])
  func none(_ body: String) { #expect(names(body) == nil) }

  @Test("an empty collection has no names")
  func empty() {
    #expect(names("<multistatus>" + response("/dav/day/", "<collection/>") + "</multistatus>") == [])
    #expect(names("<D:multistatus xmlns:D='DAV:'/>") == [])
  }
}
