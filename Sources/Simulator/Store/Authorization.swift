/// What an `Authorization: AWS4-HMAC-SHA256 …` field says.
struct Authorization: Equatable {
  static let algorithm = "AWS4-HMAC-SHA256"

  let accessKey: String
  /// `20130524`.
  let day: String
  let region: String
  /// `20130524/us-east-1/s3/aws4_request`.
  let scope: String
  let signedHeaders: [String]
  let signature: String

  init(_ field: String) throws(StoreError) {
    func malformed(_ reason: String) -> StoreError {
      StoreError("AuthorizationHeaderMalformed", "The authorization header is malformed; \(reason)")
    }
    guard let space = field.firstIndex(of: " "), field[..<space] == Self.algorithm else {
      throw StoreError(
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.")
    }
    var parts: [String: String] = [:]
    for part in field[field.index(after: space)...].split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { throw malformed("a part has no '='") }
      let name = String(pair[0].drop { $0 == " " })
      guard parts.updateValue(String(pair[1].prefix { $0 != " " }), forKey: name) == nil else {
        throw malformed("\(name) is there twice")
      }
    }
    guard let credential = parts["Credential"], let headers = parts["SignedHeaders"],
      let signature = parts["Signature"],
      parts.count == 3
    else { throw malformed("it needs Credential, SignedHeaders and Signature") }
    let pieces = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 5, !pieces[0].isEmpty, pieces[1].utf8.count == 8, !pieces[2].isEmpty else {
      throw malformed(
        "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")
    }
    guard pieces[3] == "s3" else {
      throw malformed("incorrect service \"\(pieces[3])\". This endpoint belongs to \"s3\".")
    }
    guard pieces[4] == "aws4_request" else { throw malformed("incorrect terminal \"\(pieces[4])\".") }
    accessKey = pieces[0]
    day = pieces[1]
    region = pieces[2]
    scope = pieces[1...].joined(separator: "/")
    signedHeaders = headers.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    guard signedHeaders.allSatisfy({ !$0.isEmpty && $0 == $0.lowercased() }),
      signedHeaders == signedHeaders.sorted(),
      Set(signedHeaders).count == signedHeaders.count
    else { throw malformed("SignedHeaders must be small letters, sorted and without repetition") }
    guard signature.utf8.count == 64 else { throw malformed("the Signature is mal-formed") }
    self.signature = signature
  }
}
