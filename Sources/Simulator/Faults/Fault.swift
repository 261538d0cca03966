/// What a rule does to a request: `do` in a fault script.
///
/// Faults that replace the answer (`status`, `redirect`, `s3_error`) stop the request from being carried
/// out; the others harm only its answer. `perform` turns either into the other.
struct Fault: Sendable, Equatable {
  var status: Int?
  /// Seconds, or a date as HTTP writes it.
  var retryAfter: String?
  var redirect: String?
  /// The code of an S3 error answer.
  var storeError: String?
  var headers: [JSONMember] = []
  var body: [UInt8]?
  var delivery = Delivery()
  var performs: Bool?

  /// Replaces the status that is answered; at `POST /scrape`, what becomes of the job.
  var jobStatus: String?
  /// Replaces the status that is answered; at `POST /session`, what becomes of the session.
  var sessionStatus: String?
  var jobID: String?
  var sessionID: String?
  /// The number that the answer speaks of, whatever it holds.
  var adsCount: Int?
  /// How many ads the started job finds.
  var ads: Int?
  /// JSON text to be answered as `data`.
  var data: String?
  var jobTime: Duration?
  var sessionTime: Duration?
  /// The worker forgets its session and jobs first, as after a restart.
  var forgets = false

  /// How far the store's clock is off, in seconds.
  var clockOffset: Int64 = 0
  /// Names of response fields that are left out, in lower case.
  var without: [String] = []

  /// Whether the request is carried out before its answer is harmed.
  var isPerformed: Bool {
    performs ?? (status == nil && redirect == nil && storeError == nil)
  }

  /// Puts the fault's marks on an answer.
  func applied(to response: Response) -> Reply {
    var response = response
    if let status { response.status = status }
    if let redirect {
      if status == nil { response.status = 302 }
      response.fields.append(("Location", redirect))
    }
    if let retryAfter { response.fields.append(("Retry-After", retryAfter)) }
    if let body { response.body = .bytes(body) }
    for header in headers { response.fields.append((header.name, header.value.text ?? header.value.encoded)) }
    if !without.isEmpty { response.fields.removeAll { without.contains($0.name.lowercased()) } }
    return Reply(response, delivery)
  }

  /// The answer to a request that is not carried out.
  func refusal() -> Response { .json(status ?? 302, "{\"error\":\"refused by the fault script\"}") }
}
