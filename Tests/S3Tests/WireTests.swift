import HTTP
import TestSupport
import Testing

@testable import S3

@Suite(.timeLimit(.minutes(5))) struct WireTests {
  @Test("what is signed is what libcurl sends: host, path, type and body")
  func wire() async throws {
    let server = LoopbackServer.answering { _ in "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r\n"
    }
    let credentials = S3Credentials(accessKey: "AK", secretKey: "SK")
    let client = try S3Client(
      http: try CurlClient(), configuration: S3Configuration(endpoint: server.url, bucket: "b", region: "r"),
      credentials: credentials, clock: { 1_369_353_600_000 })
    let body = Array("{\"a\": 1.10}\n".utf8)
    let payload = S3Payload(bytes: body)
    let key = "p é/a+b=~%/x.json"
    let object = try await withCheckedContinuation { continuation in
      client.put(key: key, payload: payload, contentType: "application/json", metadata: [("sha256", "00")]) {
        continuation.resume(returning: $0)
      }
    }.get()
    #expect(object.etag == "\"e\"")
    let request = server.requests[0]
    #expect(request.body == body)
    // The signature of the request as it arrived is the one it carries.
    let path = String(request.line.split(separator: " ")[1])
    let names = ["content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-meta-sha256"]
    let arrived = SigV4Request(
      method: "PUT", path: path, fields: names.map { ($0, request.field($0) ?? "") },
      payloadHash: payload.sha256)
    let signer = SigV4Signer(
      credentials: credentials, scope: SigV4Scope(day: "20130524", region: "r", service: "s3"))
    #expect(request.field("authorization") == signer.authorization(arrived, timestamp: "20130524T000000Z"))
    #expect(path == "/b/p%20%C3%A9/a%2Bb%3D~%25/x.json")
    for name in ["expect", "transfer-encoding", "user-agent"] { #expect(request.field(name) == nil) }
  }
}
