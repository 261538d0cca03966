/// An error as S3 answers it.
struct StoreError: Error, Equatable {
  let code: String
  let message: String
  /// More elements of the XML answer.
  var details: [String: String] = [:]
  var statusOverride: Int?

  init(_ code: String, _ message: String? = nil, details: [String: String] = [:], status: Int? = nil) {
    self.code = code
    self.message = message ?? Self.known[code]?.message ?? "The request failed."
    self.details = details
    statusOverride = status
  }

  var status: Int { statusOverride ?? Self.known[code]?.status ?? 400 }

  /// The XML body; `resource` is the path asked for.
  func xml(resource: String, requestID: String) -> String {
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>"
    out += "<Code>\(XML.escaped(code))</Code><Message>\(XML.escaped(message))</Message>"
    for (name, value) in details.sorted(by: { $0.key < $1.key }) {
      out += "<\(name)>\(XML.escaped(value))</\(name)>"
    }
    return out + "<Resource>\(XML.escaped(resource))</Resource><RequestId>\(requestID)</RequestId></Error>"
  }

  private static let known: [String: (status: Int, message: String)] = [
    "AccessDenied": (403, "Access Denied"),
    "AuthorizationHeaderMalformed": (400, "The authorization header is malformed."),
    "BadDigest": (400, "The Content-MD5 you specified did not match what we received."),
    "EntityTooLarge": (400, "Your proposed upload exceeds the maximum allowed size"),
    "ExpiredToken": (400, "The provided token has expired."),
    "IncompleteBody": (
      400, "You did not provide the number of bytes specified by the Content-Length HTTP header"
    ),
    "InternalError": (500, "We encountered an internal error. Please try again."),
    "InvalidAccessKeyId": (403, "The AWS Access Key Id you provided does not exist in our records."),
    "InvalidArgument": (400, "Invalid Argument"),
    "InvalidBucketName": (400, "The specified bucket is not valid."),
    "InvalidDigest": (400, "The Content-MD5 you specified is not valid."),
    "InvalidRequest": (400, "Invalid Request"),
    "InvalidToken": (400, "The provided token is malformed or otherwise invalid."),
    "InvalidURI": (400, "Couldn't parse the specified URI."),
    "KeyTooLongError": (400, "Your key is too long"),
    "MethodNotAllowed": (405, "The specified method is not allowed against this resource."),
    "MissingContentLength": (411, "You must provide the Content-Length HTTP header."),
    "NoSuchBucket": (404, "The specified bucket does not exist"),
    "NoSuchKey": (404, "The specified key does not exist."),
    "NotImplemented": (501, "A header you provided implies functionality that is not implemented"),
    "PermanentRedirect": (
      301, "The bucket you are attempting to access must be addressed using the specified endpoint."
    ),
    "PreconditionFailed": (412, "At least one of the pre-conditions you specified did not hold"),
    "RequestTimeTooSkewed": (
      403, "The difference between the request time and the current time is too large."
    ),
    "RequestTimeout": (
      400, "Your socket connection to the server was not read from or written to within the timeout period."
    ),
    "ServiceUnavailable": (503, "Reduce your request rate."),
    "SignatureDoesNotMatch": (
      403,
      "The request signature we calculated does not match the signature you provided. Check your key and signing method."
    ),
    "SlowDown": (503, "Please reduce your request rate."),
    "TemporaryRedirect": (307, "You are being redirected to the bucket while DNS updates."),
    "TooManyRequests": (429, "Please reduce your request rate."),
    "XAmzContentSHA256Mismatch": (
      400, "The provided 'x-amz-content-sha256' header does not match what was computed."
    ),
  ]
}

/// Text inside XML elements.
enum XML {
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { "<>&\"\r".utf8.contains($0) }) else { return text }
    var out = ""
    for character in text.unicodeScalars {
      switch character {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\"": out += "&quot;"
      case "\r": out += "&#13;"
      default: out.unicodeScalars.append(character)
      }
    }
    return out
  }
}
