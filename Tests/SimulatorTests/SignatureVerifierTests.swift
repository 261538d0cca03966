import Testing

@testable import Simulator

@Suite("The store's own signature check", .timeLimit(.minutes(5)))
struct SignatureVerifierTests {
  private static let emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  /// 2013-05-24T00:00:00Z, the time of Amazon's examples.
  private static let then: Int64 = 1_369_353_600

  /// One of the examples in "Signature Calculations for the Authorization Header" of the S3 documentation.
  struct Example: Sendable {
    let method: String
    let path: String
    let query: String?
    let hash: String
    let extra: [String]
    let signature: String

    func request(signature other: String? = nil) -> SignatureVerifier.Request {
      var fields = extra.map { line in
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        return (name: parts[0], value: parts[1])
      }
      fields += [
        ("host", "examplebucket.s3.amazonaws.com"), ("x-amz-date", "20130524T000000Z"),
        ("x-amz-content-sha256", hash),
      ]
      let names = fields.map(\.name).sorted().joined(separator: ";")
      fields.append(
        (
          "authorization",
          "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=\(names),"
            + "Signature=\(other ?? signature)"
        ))
      return .init(method: method, path: path[...], query: query?[...], fields: fields)
    }
  }

  static let examples = [
    Example(
      method: "GET", path: "/test.txt", query: nil, hash: emptyHash, extra: ["range:bytes=0-9"],
      signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
    Example(
      method: "PUT", path: "/test$file.text", query: nil,
      hash: "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
      extra: ["date:Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class:REDUCED_REDUNDANCY"],
      signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
    Example(
      method: "GET", path: "/", query: "lifecycle", hash: emptyHash, extra: [],
      signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
    Example(
      method: "GET", path: "/", query: "prefix=J&max-keys=2", hash: emptyHash, extra: [],
      signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
  ]

  private func verifier() -> SignatureVerifier {
    SignatureVerifier(
      accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
  }

  private func code(_ request: SignatureVerifier.Request, now: Int64 = then) -> String? {
    var verifier = verifier()
    do throws(StoreError) {
      _ = try verifier.verify(request, now: now)
      return nil
    } catch { return error.code }
  }

  @Test("accepts the examples that Amazon publishes", arguments: examples)
  func published(example: Example) throws {
    var verifier = verifier()
    #expect(try verifier.verify(example.request(), now: Self.then + 60) == example.hash)
  }

  @Test("refuses them with one digit of the signature changed", arguments: examples)
  func altered(example: Example) {
    let last: Character = example.signature.last == "0" ? "1" : "0"
    #expect(
      code(example.request(signature: example.signature.dropLast() + String(last))) == "SignatureDoesNotMatch"
    )
  }

  @Test("refuses a request that is more than fifteen minutes off, in both directions")
  func skew() {
    #expect(code(Self.examples[0].request(), now: Self.then + 901) == "RequestTimeTooSkewed")
    #expect(code(Self.examples[0].request(), now: Self.then - 901) == "RequestTimeTooSkewed")
    #expect(code(Self.examples[0].request(), now: Self.then - 899) == nil)
  }

  @Test("refuses an x-amz field that is sent but not signed")
  func unsigned() {
    let request = Self.examples[0].request()
    let more = SignatureVerifier.Request(
      method: request.method, path: request.path, query: nil, fields: request.fields + [("x-amz-meta-a", "1")]
    )
    #expect(code(more) == "AccessDenied")
  }

  @Test("refuses what is not there, is malformed or leaves the payload open")
  func malformed() {
    func replaced(_ name: String, _ value: String?) -> String? {
      let request = Self.examples[0].request()
      let kept = request.fields.filter { $0.name != name } + (value.map { [(name, $0)] } ?? [])
      return code(.init(method: request.method, path: request.path, query: nil, fields: kept))
    }
    #expect(replaced("authorization", nil) == "AccessDenied")
    #expect(replaced("authorization", "AWS AKIA:abc") == "InvalidRequest")
    #expect(replaced("authorization", "AWS4-HMAC-SHA256 Credential=a/b") == "AuthorizationHeaderMalformed")
    #expect(replaced("x-amz-content-sha256", nil) == "InvalidRequest")
    #expect(replaced("x-amz-content-sha256", "UNSIGNED-PAYLOAD") == "InvalidArgument")
    #expect(replaced("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD") == "NotImplemented")
    #expect(replaced("x-amz-date", "2013-05-24") == "AccessDenied")
    #expect(replaced("x-amz-date", "20130524T000001Z") == "SignatureDoesNotMatch")
    #expect(replaced("host", "other") == "SignatureDoesNotMatch")
  }

  @Test("knows the key id")
  func keyID() {
    var verifier = SignatureVerifier(accessKey: "other", secretKey: "x")
    #expect(throws: StoreError.self) { _ = try verifier.verify(Self.examples[0].request(), now: Self.then) }
  }
}
