import HTTP
import TestSupport
import Testing

@testable import S3

@Suite(.timeLimit(.minutes(5))) struct S3ListingTests {
  private func listing(_ inside: String) -> S3Listing? {
    S3Listing(Array("<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\">\(inside)</ListBucketResult>".utf8))
  }

  @Test("keys come in the store's order with their sizes, decoded as the store says it has encoded them")
  func entries() {
    let body = """
      <IsTruncated>true</IsTruncated><Contents><Key>a%2Fb+c%2B%C3%A9%.json</Key><Size>12</Size>
      <Owner><ID>o</ID><DisplayName>Key</DisplayName></Owner></Contents><Contents><Key>z&amp;&#x41;</Key></Contents>
      <NextContinuationToken>t+/=&lt;</NextContinuationToken>
      """
    let plain = listing(body)
    #expect(plain?.entries.map(\.key) == ["a%2Fb+c%2B%C3%A9%.json", "z&A"])
    #expect(plain?.entries.map(\.size) == [12, nil])
    #expect(plain?.next == "t+/=<")
    let encoded = listing(body + "<EncodingType>url</EncodingType>")
    #expect(encoded?.entries.map(\.key) == ["a/b c+é%.json", "z&A"])
  }

  @Test("the last page ends the list whatever token it carries; an empty bucket is an empty list")
  func lastPage() {
    #expect(
      listing("<IsTruncated>false</IsTruncated><NextContinuationToken>t</NextContinuationToken>")?.next == nil
    )
    #expect(listing("")?.entries == [])
  }

  @Test(
    "what is no whole list is none",
    arguments: [
      "", "<html></html>", "<ListBucketResult><Contents><Key>a</Key>", "<ListBucketResult><Contents>",
      "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
      "<ListBucketResult><Contents><Key>a</Key></ListBucketResult>",
      "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken/></ListBucketResult>",
      "<Error><Code>AccessDenied</Code></Error>",
    ])
  func broken(_ body: String) { #expect(S3Listing(Array(body.utf8)) == nil) }

  @Test("entities of a document's own and nested ones are not expanded")
  func entities() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
    let body = bomb + "<ListBucketResult><Contents><Key>&b;&amp;lt;</Key></Contents></ListBucketResult>"
    #expect(S3Listing(Array(body.utf8))?.entries.map(\.key) == ["&b;&lt;"])
  }

  @Test(
    "a list is signed with its query as it is sent, and a store that gives the same token again is refused")
  func request() async throws {
    let answer =
      "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>a b</NextContinuationToken>"
      + "</ListBucketResult>"
    let server = LoopbackServer.answering { _ in
      "HTTP/1.1 200 OK\r\nContent-Length: \(answer.utf8.count)\r\n\r\n\(answer)"
    }
    let client = try S3Client(
      http: try CurlClient(), configuration: S3Configuration(endpoint: server.url, bucket: "b"),
      credentials: S3Credentials(accessKey: "a", secretKey: "s"), clock: { 0 })
    func page(_ token: String?) async throws -> S3Listing {
      try await withCheckedThrowingContinuation { continuation in
        client.list(prefix: "p q/", token: token) { continuation.resume(with: $0) }
      }
    }
    #expect(try await page(nil).next == "a b")
    await #expect(throws: S3Error.self) { try await page("a b") }
    #expect(
      server.requests.map(\.line) == [
        "GET /b/?encoding-type=url&list-type=2&max-keys=1000&prefix=p%20q%2F HTTP/1.1",
        "GET /b/?continuation-token=a%20b&encoding-type=url&list-type=2&max-keys=1000&prefix=p%20q%2F HTTP/1.1",
      ])
  }
}
