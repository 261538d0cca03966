import Testing

@testable import HTTP

@Suite(.timeLimit(.minutes(5))) struct HTTPHeadersTests {
  private let headers = HTTPHeaders(
    bytes: Array("Content-Type: text/xml\r\nETag:\"a\"\r\nX-Empty:\r\netag: \"b\"\r\n\r\n".utf8))

  @Test("fields are found without regard to case, the first of a name wins")
  func lookup() {
    #expect(headers["content-type"] == "text/xml")
    #expect(headers["ETAG"] == "\"a\"")
    #expect(headers["x-empty"] == "")
    #expect(headers["tag"] == nil)
    #expect(headers["Content-Type:"] == nil)
  }

  @Test("all fields come in the order received")
  func all() {
    #expect(headers.all.map(\.name) == ["Content-Type", "ETag", "X-Empty", "etag"])
    #expect(headers.all.map(\.value) == ["text/xml", "\"a\"", "", "\"b\""])
  }
}
