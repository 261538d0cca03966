import Dates
import MissionCore

@testable import HTTP
@testable import S3
@testable import WorkerSource

/// What a server says beside the body: status and header fields.
enum ResponseTarget: FuzzTarget {
  static let name = "response"

  static let seeds = [
    "\u{2}Retry-After: 120\r\nContent-Type: text/plain\r\n\r\n",
    "\u{3}retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: Fri, 31 Dec 9999 23:59:60 GMT\r\n",
    "\u{1}Location: http://elsewhere/\r\nX:\t canary-secret \r\nno colon\r\n: empty\r\n",
    "\u{0}ETag: \"x\"\n",
  ]

  static let words = [
    "Retry-After: ", "Date: ", "Location: ", "ETag: ", "\r\n", "\n", "Sun, 06 Nov 1994 08:49:37 GMT", " GMT",
    "9223372036854775807", "-1", ":", "00:00:00", "9223372036854775807:0:0", "Feb", "9999", "29",
  ]

  private static let statuses = [200, 302, 401, 404, 409, 429, 500, 503, 600, 418]

  private static let control = WorkerAnswerReader(
    worker: "worker-1", redactor: Canary.redactor, wallSeconds: { 1_700_000_000 })

  /// The first byte chooses the status, the rest is the header, and once more the body.
  static func take(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    let headers = HTTPHeaders(bytes: rest)
    for (name, value) in headers.all where !name.isEmpty && !name.utf8.contains(0xEF) {
      require(headers[name] != nil, "a field that is there is found: \(name)")
      check(time: value)
    }
    check(time: String(decoding: rest, as: UTF8.self))
    let response = HTTPResponse(
      status: statuses[Int(first) % statuses.count], headers: headers, body: .memory(rest))
    switch control.body(of: .success(response), "GET /health") {
    case .success: require(response.isSuccess, "only a 2xx is a success")
    case .failure(let failure):
      Canary.requireClean(failure.message.description)
      if let wait = failure.retryAfter { require(wait >= .zero && wait <= .seconds(86_400), "\(wait)") }
    }
  }

  private static func check(time text: String) {
    if let wait = RetryAfter.duration(text, nowMilliseconds: 1_700_000_000_000) {
      require(wait >= .zero && wait <= .seconds(86_400), "\(text): \(wait)")
    }
    if let date = HTTPDate.milliseconds(text) {
      let signed = SigningDate(millisecondsSinceEpoch: date).timestamp
      require(signed.utf8.count == 16, "\(text): \(signed)")
    }
  }
}
