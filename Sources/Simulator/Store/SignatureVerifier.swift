import Crypto
import Dates

/// Checks Signature Version 4 in its header form, from Amazon's description alone: it shares no code with
/// the client's signer, so that a mistake there cannot be repeated here.
struct SignatureVerifier {
  /// A request as far as its signature goes.
  struct Request {
    let method: String
    /// Still encoded, without the query.
    let path: Substring
    let query: Substring?
    /// Names in lower case, values as sent, in the order sent.
    let fields: [(name: String, value: String)]
  }

  /// Amazon refuses requests that are further off than this.
  private static let largestSkew: Int64 = 15 * 60

  let accessKey: String
  let secretKey: String
  private var cachedScope = ""
  private var cachedKey: [UInt8] = []

  init(accessKey: String, secretKey: String) {
    self.accessKey = accessKey
    self.secretKey = secretKey
  }

  /// The payload hash that the signature covers; `now` is in seconds since 1970.
  mutating func verify(_ request: Request, now: Int64) throws(StoreError) -> String {
    guard let field = Self.value(of: "authorization", in: request) else {
      throw StoreError("AccessDenied")
    }
    let authorization = try Authorization(field)
    guard authorization.accessKey == accessKey else {
      throw StoreError("InvalidAccessKeyId", details: ["AWSAccessKeyId": authorization.accessKey])
    }
    let date = try checkDate(request, authorization, now: now)
    let payload = try Self.payloadHash(request)
    try Self.checkSignedHeaders(request, authorization)
    let canonical = try Self.canonicalRequest(request, authorization.signedHeaders, payload: payload)
    let toSign = [Authorization.algorithm, date, authorization.scope, SHA256.hexDigest(of: canonical)]
      .joined(separator: "\n")
    let expected = Hex.encode(HMACSHA256.code(key: signingKey(authorization), message: toSign))
    guard expected == authorization.signature else {
      throw StoreError(
        "SignatureDoesNotMatch",
        details: [
          "AWSAccessKeyId": accessKey, "StringToSign": toSign, "SignatureProvided": authorization.signature,
          "CanonicalRequest": canonical,
        ])
    }
    return payload
  }

  private func checkDate(
    _ request: Request, _ authorization: Authorization, now: Int64
  ) throws(StoreError) -> String {
    guard let date = Self.value(of: "x-amz-date", in: request), let seconds = BasicDate.seconds(date)
    else {
      throw StoreError("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header")
    }
    guard abs(seconds - now) <= Self.largestSkew else {
      throw StoreError(
        "RequestTimeTooSkewed", details: ["RequestTime": date, "MaxAllowedSkewMilliseconds": "900000"])
    }
    guard date.hasPrefix(authorization.day) else {
      throw StoreError("AuthorizationHeaderMalformed", "The credential's date is not that of x-amz-date")
    }
    return date
  }

  private static func payloadHash(_ request: Request) throws(StoreError) -> String {
    guard let hash = value(of: "x-amz-content-sha256", in: request) else {
      throw StoreError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
    }
    if hash.hasPrefix("STREAMING-") {
      throw StoreError("NotImplemented", details: ["Header": "x-amz-content-sha256"])
    }
    guard hash.utf8.count == 64, hash == hash.lowercased(), Hex.decode(hash) != nil else {
      throw StoreError(
        "InvalidArgument",
        "x-amz-content-sha256 must be the SHA-256 of the payload; UNSIGNED-PAYLOAD is not accepted",
        details: ["ArgumentName": "x-amz-content-sha256", "ArgumentValue": hash])
    }
    return hash
  }

  private static func checkSignedHeaders(_ request: Request, _ authorization: Authorization)
    throws(StoreError)
  {
    let signed = Set(authorization.signedHeaders)
    let present = Set(request.fields.map(\.name))
    let needed = present.filter { $0.hasPrefix("x-amz-") }.union(
      ["host", "content-md5"].filter(present.contains))
    if let missing = needed.subtracting(signed).min() {
      throw StoreError(
        "AccessDenied", "There were headers present in the request which were not signed",
        details: ["HeadersNotSigned": missing])
    }
    guard signed.isSubset(of: present) else {
      throw StoreError("SignatureDoesNotMatch", "A signed header was not sent")
    }
  }

  private mutating func signingKey(_ authorization: Authorization) -> [UInt8] {
    if authorization.scope != cachedScope {
      cachedKey = [authorization.day, authorization.region, "s3", "aws4_request"].reduce(
        Array("AWS4\(secretKey)".utf8)
      ) {
        HMACSHA256.code(key: $0, message: $1)
      }
      cachedScope = authorization.scope
    }
    return cachedKey
  }

  private static func value(of name: String, in request: Request) -> String? {
    request.fields.first { $0.name == name }?.value
  }
}
