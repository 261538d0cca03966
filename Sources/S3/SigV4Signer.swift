import Crypto

/// AWS Signature Version 4 in its header form, in the words of its specification. A leaf: the date is a
/// parameter, nothing is read from outside, the same request always has the same signature.
struct SigV4Signer: Sendable {
  let accessKey: String
  let scope: SigV4Scope
  /// Derived once for a day, a region and a secret (`SigV4Signer.signingKey`).
  let signingKey: [UInt8]

  init(credentials: S3Credentials, scope: SigV4Scope) {
    accessKey = credentials.accessKey
    self.scope = scope
    signingKey = Self.signingKey(secretKey: credentials.secretKey, scope: scope)
  }

  /// The value of the `Authorization` field for `request`, which must carry `host` and `x-amz-date` among
  /// its fields.
  func authorization(_ request: SigV4Request, timestamp: String) -> String {
    let fields = request.canonicalFields
    let signed = Self.signedHeaders(fields)
    let canonical = Self.canonicalRequest(request, fields: fields, signedHeaders: signed)
    let toSign = Self.stringToSign(timestamp: timestamp, scope: scope, canonicalRequest: canonical)
    let signature = Hex.encode(HMACSHA256.code(key: signingKey, message: toSign))
    return
      "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope), SignedHeaders=\(signed), Signature=\(signature)"
  }

  static func canonicalRequest(
    _ request: SigV4Request, fields: [(name: String, value: String)], signedHeaders: String
  ) -> String {
    var text = "\(request.method)\n\(request.path)\n\(request.canonicalQuery)\n"
    for (name, value) in fields { text += "\(name):\(value)\n" }
    text += "\n\(signedHeaders)\n\(request.payloadHash)"
    return text
  }

  static func signedHeaders(_ fields: [(name: String, value: String)]) -> String {
    fields.map(\.name).joined(separator: ";")
  }

  static func stringToSign(timestamp: String, scope: SigV4Scope, canonicalRequest: String) -> String {
    "AWS4-HMAC-SHA256\n\(timestamp)\n\(scope)\n\(SHA256.hexDigest(of: canonicalRequest))"
  }

  static func signingKey(secretKey: String, scope: SigV4Scope) -> [UInt8] {
    let day = HMACSHA256.code(key: Array("AWS4\(secretKey)".utf8), message: scope.day)
    let region = HMACSHA256.code(key: day, message: scope.region)
    let service = HMACSHA256.code(key: region, message: scope.service)
    return HMACSHA256.code(key: service, message: "aws4_request")
  }
}

/// What a signing key is good for.
struct SigV4Scope: Hashable, Sendable, CustomStringConvertible {
  /// `YYYYMMDD`.
  let day: String
  let region: String
  let service: String

  var description: String { "\(day)/\(region)/\(service)/aws4_request" }
}
