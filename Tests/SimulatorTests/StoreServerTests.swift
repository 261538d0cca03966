import Foundation
import Testing

@testable import Simulator

@Suite("The S3 side over a socket", .timeLimit(.minutes(5)))
struct StoreServerTests {
  private let body = Array(#"[{"id":"1"}]"#.utf8)
  private let target = "/mission-audit/scrapes/2025-01-01/a.json"

  private func ask(
    _ running: RunningSimulator, _ method: String, _ target: String, body: [UInt8] = [],
    _ extra: [(String, String)] = [], signer: TestSigner = TestSigner()
  ) throws -> TestClient.Answer {
    let client = running.storeClient()
    let head = try signer.head(method, target, extra, body: body)
    client.send(Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    return client.read(isHead: method == "HEAD")
  }

  private func code(_ answer: TestClient.Answer) -> String? {
    answer.text.firstMatch(of: /<Code>(.*)<\/Code>/).map { String($0.1) }
  }

  @Test("an object that was put is got again with its type, metadata and MD5, and is a file")
  func roundTrip() throws {
    let running = try RunningSimulator()
    let fields = [("content-type", "application/json"), ("x-amz-meta-mission-id", "m  1")]
    let put = try ask(running, "PUT", target, body: body, fields)
    #expect(put.status == 200, "\(put.text)")
    let got = try ask(running, "GET", target)
    #expect(got.body == body)
    #expect(got.fields["content-type"] == "application/json")
    #expect(got.fields["x-amz-meta-mission-id"] == "m  1")
    #expect(got.fields["etag"] == put.fields["etag"])
    let head = try ask(running, "HEAD", target)
    #expect(head.status == 200 && head.fields["content-length"] == "12")
    #expect(FileManager.default.contents(atPath: running.folder + target) == Data(body))
    #expect(try FileManager.default.contentsOfDirectory(atPath: running.folder + "/.uploads").isEmpty)
    #expect(try ask(running, "DELETE", target).status == 204)
    #expect(code(try ask(running, "GET", target)) == "NoSuchKey")
  }

  @Test("the ETag is the MD5 of the body")
  func etag() throws {
    let running = try RunningSimulator()
    #expect(
      try ask(running, "PUT", target, body: []).fields["etag"] == "\"d41d8cd98f00b204e9800998ecf8427e\"")
    let abc = try ask(running, "PUT", target, body: Array("abc".utf8))
    #expect(abc.fields["etag"] == "\"900150983cd24fb0d6963f7d28e17f72\"")
  }

  @Test("what is wrong is told as S3 tells it, and nothing is stored")
  func refused() throws {
    let running = try RunningSimulator()
    func put(_ signer: TestSigner, target: String? = nil) throws -> String? {
      code(
        try ask(running, "PUT", target ?? self.target, body: body, [("x-amz-meta-a", "1")], signer: signer))
    }
    #expect(try put(TestSigner(accessKey: "other")) == "InvalidAccessKeyId")
    #expect(try put(TestSigner(secretKey: "other")) == "SignatureDoesNotMatch")
    #expect(try put(TestSigner(date: Date() - 1000)) == "RequestTimeTooSkewed")
    #expect(
      try put(TestSigner(payloadHash: String(repeating: "0", count: 64))) == "XAmzContentSHA256Mismatch")
    #expect(try put(TestSigner(payloadHash: "UNSIGNED-PAYLOAD")) == "InvalidArgument")
    #expect(try put(TestSigner(leavesOut: ["x-amz-meta-a"])) == "AccessDenied")
    #expect(try put(TestSigner(), target: "/other/a") == "NoSuchBucket")
    #expect(code(try ask(running, "GET", target)) == "NoSuchKey")
    #expect(try FileManager.default.contentsOfDirectory(atPath: running.folder + "/.uploads").isEmpty)
  }

  @Test("the body is asked for when the client waits, and not when its head is refused")
  func expectContinue() throws {
    let running = try RunningSimulator()
    let client = running.storeClient()
    let rest = "Content-Length: \(body.count)\r\nExpect: 100-continue\r\n\r\n"
    client.send(try TestSigner().head("PUT", target, body: body) + rest)
    #expect(client.read().status == 100)
    client.send(body)
    #expect(client.read().status == 200)
    let refused = running.storeClient()
    refused.send(try TestSigner(secretKey: "x").head("PUT", target, body: body) + rest)
    #expect(refused.read().status == 403)
    #expect(refused.isEnded())
  }

  @Test("chunked uploads and uploads without a length are refused")
  func framing() throws {
    let running = try RunningSimulator()
    let chunked = running.storeClient()
    let head = try TestSigner().head("PUT", target, body: body)
    chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    #expect(chunked.read().status == 501)
    let open = running.storeClient()
    open.send(try TestSigner().head("PUT", target) + "\r\n")
    #expect(open.read().status == 411)
  }

  @Test(
    "no key leads out of the store's folder, and each reads back",
    arguments: [
      "../../etc/passwd", ".hidden", "a//b/", "é ü%+=~/日本.json", "./..", ".metadata/x",
    ])
  func keys(key: String) throws {
    let running = try RunningSimulator()
    let target = "/mission-audit/" + PercentCoding.encode(key.utf8, keepingSlashes: true)
    #expect(try ask(running, "PUT", target, body: body).status == 200)
    #expect(try ask(running, "GET", target).body == body)
    let listed = try ask(running, "GET", "/mission-audit?encoding-type=url&list-type=2")
    #expect(listed.text.contains("<Key>\(PercentCoding.encode(key.utf8, keepingSlashes: true))</Key>"))
    let path = try ObjectPath.path(of: Array(key.utf8))
    #expect(FileManager.default.fileExists(atPath: "\(running.folder)/mission-audit/\(path)"))
    #expect(ObjectPath.key(of: path) == key)
    #expect(!path.split(separator: "/").contains { $0.hasPrefix(".") })
  }

  @Test("a listing has the keys with the prefix, in pages")
  func listing() throws {
    let running = try RunningSimulator()
    for name in ["a/1", "a/2", "a/3", "b/1"] {
      _ = try ask(running, "PUT", "/mission-audit/\(name)", body: body)
    }
    let first = try ask(running, "GET", "/mission-audit?list-type=2&max-keys=2&prefix=a%2F").text
    #expect(first.contains("<IsTruncated>true</IsTruncated><NextContinuationToken>a%2F2<"))
    let second = try ask(
      running, "GET", "/mission-audit?continuation-token=a%252F2&list-type=2&prefix=a%2F"
    ).text
    #expect(
      second.contains("<Key>a/3</Key>") && !second.contains("<Key>a/2</Key>")
        && !second.contains("<Key>b/1</Key>"))
  }

  @Test("the bucket may stand in the host's name")
  func virtualHost() throws {
    let running = try RunningSimulator()
    let head = RequestParserTests.head(
      "PUT /a/b HTTP/1.1\r\nHost: mission-audit.localhost:1\r\n\r\n")
    let route = try StoreRoute(try #require(head), knownBucket: "mission-audit")
    #expect(route.bucket == "mission-audit" && route.key == Array("a/b".utf8))
    #expect(try ask(running, "HEAD", "/mission-audit").status == 200)
  }

  @Test("faults: refused until mended, stored but lost, an error in a 200, no ETag, a clock that is off")
  func faults() throws {
    let running = try RunningSimulator()
    running.script(
      #"{"match":{"request":"PUT object","bucket":"mission-audit"},"do":{"s3_error":"AccessDenied"}}"#)
    #expect(code(try ask(running, "PUT", target, body: body)) == "AccessDenied")
    running.script("[]")
    #expect(try ask(running, "PUT", target, body: body).status == 200)
    running.script(#"{"match":{"request":"PUT"},"do":{"reset":true}}"#)
    #expect(try ask(running, "PUT", "/mission-audit/lost", body: body).status == 0)
    #expect(try ask(running, "GET", "/mission-audit/lost").body == body)
    running.script(#"{"do":{"s3_error":"InternalError","status":200}}"#)
    let inside = try ask(running, "PUT", target, body: body)
    #expect(inside.status == 200 && code(inside) == "InternalError")
    running.script(#"{"do":{"no_etag":true}}"#)
    let bare = try ask(running, "PUT", target, body: body)
    #expect(bare.status == 200 && bare.fields["etag"] == nil)
    running.script(#"{"do":{"clock_offset":"-20m"}}"#)
    #expect(code(try ask(running, "PUT", target, body: body)) == "RequestTimeTooSkewed")
    #expect(
      try ask(running, "PUT", target, body: body, signer: TestSigner(date: Date() - 1200)).status == 200)
  }

  @Test("an upload that the client gives up leaves nothing")
  func abandoned() throws {
    let running = try RunningSimulator()
    do {
      let client = running.storeClient()
      client.send(try TestSigner().head("PUT", target, body: body) + "Content-Length: 12\r\n\r\n[")
    }
    // The next requests are handled after the end of that connection was.
    for _ in 0..<3 { #expect(code(try ask(running, "GET", target)) == "NoSuchKey") }
    let uploads = running.folder + "/.uploads"
    let deadline = Date() + 5
    while try !FileManager.default.contentsOfDirectory(atPath: uploads).isEmpty, Date() < deadline {
      usleep(1000)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: uploads).isEmpty)
  }
}
