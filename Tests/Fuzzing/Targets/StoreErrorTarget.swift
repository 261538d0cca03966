import HTTP
import MissionCore

@testable import S3

/// A store's refusals: the document, and what becomes of it with any status.
enum StoreErrorTarget: FuzzTarget {
  static let name = "store-error"

  static let seeds = [
    "@<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>no &amp; &#65; such</Message><RequestId>1</RequestId></Error>",
    "!<Error xmlns=\"x\"><Code>PermanentRedirect</Code><Endpoint>e</Endpoint><Region>eu-west-1</Region></Error>",
    "&<s3:Error><s3:Code><![CDATA[SlowDown]]></s3:Code><!-- c --><Message>canary-secret</Message></s3:Error>",
    "\u{1}<html><body>oops", "+<Error><Code>ExpiredToken</Code>",
  ]

  static let words = [
    "<Error>", "</Error>", "<Code>", "</Code>", "<Message>", "</Message>", "<Region>", "<Endpoint>",
    "<![CDATA[",
    "]]>", "<!--", "-->", "&#x1F600;", "&amp;", "&#4294967296;", "/>", "<?", "AccessDenied", "SlowDown",
    "RequestTimeTooSkewed", "canary-secret", "\u{202E}", "\u{1B}[31m",
  ]

  private static let statuses = [200, 204, 301, 307, 400, 401, 403, 404, 409, 411, 429, 500, 503, 599]

  /// The first byte chooses the status.
  static func take(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first else { return }
    let body = Array(bytes.dropFirst())
    let document = S3ErrorDocument(body)
    if let document {
      for text in [document.code, document.message, document.region ?? "", document.endpoint ?? ""] {
        // Bytes that are not UTF-8 become three each.
        require(text.utf8.count <= 3 * 2048, "values are bounded")
      }
    }
    let status = statuses[Int(first) % statuses.count]
    let fields = document.map { [("Retry-After", $0.code), ("x-amz-bucket-region", $0.message)] } ?? []
    let answer = HTTPResponse(status: status, headers: HTTPHeaders(fields), body: .memory(body))
    for fields in [answer, HTTPResponse(status: status, body: .memory(body))] {
      let error = S3Error(answer: fields, document: document, nowMilliseconds: 1_700_000_000_000)
      require(error.status == status, "the status is kept")
      if let wait = error.retryAfter { require(wait >= .zero, "a wait is never negative") }
      if status < 300 { require(error.kind == .falseSuccess || error.kind == .slowDown, "never final") }
      Canary.requireClean(
        UntrustedText.clean("PUT x: \(error)", masking: Canary.redactor), limit: UntrustedText.excerptLength)
    }
  }
}
