import MissionCore

/// What a rule can look at in a request.
struct RequestFacts: Sendable {
  var kind: RequestKind
  /// `worker-1`; nil on the S3 side.
  var worker: String?
  /// The server of the proxy that the worker's session was opened through.
  var proxy: String?
  /// The mission that the request is about, as far as it names one.
  var parameters: MissionParameters?
  /// Which start of this mission the job is, from 1.
  var attempt: Int?
  var jobID: String?
  /// What would be answered, before a rule changes it.
  var jobStatus: String?
  var sessionStatus: String?
  /// Jobs that run on the worker already; nil where none is to be started.
  var runningJobs: Int?
  var bucket: String?
  var key: String?

  init(_ kind: RequestKind) { self.kind = kind }

  /// On the S3 side, where only the key tells it, the day is looked for between two slashes.
  func concerns(date: String) -> Bool {
    if let parameters { return parameters.dateStart.description == date }
    guard let key else { return false }
    return key.split(separator: "/").contains { $0 == date }
  }
}
