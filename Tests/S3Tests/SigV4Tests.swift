import Crypto
import Testing
import URI

@testable import S3

/// The examples of "Signature Calculations for the Authorization Header" in Amazon's S3 documentation.
@Suite(.timeLimit(.minutes(5))) struct S3DocumentationVectors {
  private let scope = SigV4Scope(day: "20130524", region: "us-east-1", service: "s3")
  private let credentials = S3Credentials(
    accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
  private let host = ("Host", "examplebucket.s3.amazonaws.com")
  private let empty = S3Payload.emptyHash

  private func authorization(_ request: SigV4Request) -> String {
    var request = request
    request.fields += [
      host, ("x-amz-content-sha256", request.payloadHash), ("x-amz-date", "20130524T000000Z"),
    ]
    return SigV4Signer(credentials: credentials, scope: scope)
      .authorization(request, timestamp: "20130524T000000Z")
  }

  @Test("GET object")
  func getObject() {
    let text = authorization(
      SigV4Request(
        method: "GET", path: "/test.txt", fields: [("Range", "bytes=0-9")], payloadHash: empty))
    #expect(
      text == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
  }

  @Test("PUT object")
  func putObject() {
    let hash = SHA256.hexDigest(of: "Welcome to Amazon S3.")
    #expect(hash == "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072")
    let path = "/" + PercentEncoding.encode("test$file.text", keeping: "/")
    let fields = [("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")]
    let text = authorization(SigV4Request(method: "PUT", path: path, fields: fields, payloadHash: hash))
    #expect(text.contains("SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"))
    #expect(text.hasSuffix("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"))
  }

  @Test("GET bucket lifecycle, a query without a value")
  func lifecycle() {
    let request = SigV4Request(
      method: "GET", path: "/", query: [("lifecycle", "")], fields: [], payloadHash: empty)
    #expect(
      authorization(request).hasSuffix("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"))
  }

  @Test("GET bucket, a query out of order")
  func list() {
    let request = SigV4Request(
      method: "GET", path: "/", query: [("prefix", "J"), ("max-keys", "2")], fields: [], payloadHash: empty)
    #expect(
      authorization(request).hasSuffix("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"))
  }

  @Test("the string to sign holds the digest of the canonical request")
  func stringToSign() {
    let request = SigV4Request(
      method: "GET", path: "/", query: [("lifecycle", "")],
      fields: [host, ("x-amz-content-sha256", empty), ("x-amz-date", "20130524T000000Z")], payloadHash: empty)
    let fields = request.canonicalFields
    let canonical = SigV4Signer.canonicalRequest(
      request, fields: fields, signedHeaders: SigV4Signer.signedHeaders(fields))
    #expect(
      SigV4Signer.stringToSign(timestamp: "20130524T000000Z", scope: scope, canonicalRequest: canonical)
        == "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n"
        + "9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca")
  }
}

/// Cases of the `aws-sig-v4-test-suite` that apply to the header form without path normalization (S3 does
/// none).
@Suite(.timeLimit(.minutes(5))) struct SigV4TestSuite {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var method = "GET"
    var key = ""
    var query: [(name: String, value: String)] = []
    var fields: [(name: String, value: String)] = []
    var body = ""
    let signature: String

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "get-vanilla", signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    Case(
      name: "get-utf8", key: "ሴ",
      signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
    Case(
      name: "get-space", key: "example space/",
      signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
    Case(
      name: "get-unreserved", key: "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
      signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
    Case(
      name: "get-vanilla-query-order-key-case", query: [("Param2", "value2"), ("Param1", "value1")],
      signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    Case(
      name: "get-vanilla-query-order-value", query: [("Param1", "value2"), ("Param1", "value1")],
      signature: "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694"),
    Case(
      name: "get-vanilla-empty-query-key", query: [("Param1", "value1")],
      signature: "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
    Case(
      name: "get-vanilla-query-unreserved",
      query: [
        (
          "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
          "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        )
      ], signature: "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
    Case(
      name: "get-vanilla-utf8-query", query: [("ሴ", "bar")],
      signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
    Case(
      name: "get-header-key-duplicate",
      fields: [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
      signature: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"),
    Case(
      name: "get-header-value-trim", fields: [("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")],
      signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
    Case(
      name: "post-vanilla", method: "POST",
      signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    Case(
      name: "post-header-key-sort", method: "POST", fields: [("My-Header1", "value1")],
      signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"),
    Case(
      name: "post-x-www-form-urlencoded", method: "POST",
      fields: [("Content-Type", "application/x-www-form-urlencoded")], body: "Param1=value1",
      signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
    Case(
      name: "post-sts-header-before", method: "POST",
      fields: [
        (
          "X-Amz-Security-Token",
          "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
        )
      ], signature: "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"),
  ]

  @Test("signatures match the published ones", arguments: cases)
  func signature(test: Case) {
    let signer = SigV4Signer(
      credentials: S3Credentials(
        accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
      scope: SigV4Scope(day: "20150830", region: "us-east-1", service: "service"))
    let request = SigV4Request(
      method: test.method, path: "/" + PercentEncoding.encode(test.key, keeping: "/"),
      query: test.query,
      fields: test.fields + [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")],
      payloadHash: SHA256.hexDigest(of: test.body))
    #expect(
      signer.authorization(request, timestamp: "20150830T123600Z").hasSuffix("Signature=" + test.signature))
  }

  @Test("a request is dated to the second")
  func dates() {
    #expect(SigningDate(millisecondsSinceEpoch: 1_369_353_600_000).timestamp == "20130524T000000Z")
    #expect(SigningDate(millisecondsSinceEpoch: 1_440_938_160_999).timestamp == "20150830T123600Z")
    #expect(SigningDate(millisecondsSinceEpoch: 1_709_251_199_000).day == "20240229")
  }
}
