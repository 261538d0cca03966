/// What people and other systems are told of a run, at its start or its end.
package struct Notice: Sendable {
  package enum Event: String, CaseIterable, Sendable {
    case start
    /// Everything that was chosen is DONE.
    case success
    /// Something is DONE, something is not.
    case partial
    case failure
  }

  package var event: Event
  /// One line.
  package var subject: String
  /// Some lines for a chat.
  package var text: String
  /// The whole summary, for mail and logs; the same as `text` where there is none.
  package var details: String
  package var host: String
  package var runID: String?
  /// Nil at the start.
  package var exitCode: Int?
  package var startedAt: String?
  package var finishedAt: String?
  /// Missions by what became of them, in order; empty when the run did not get that far.
  package var counts: [(name: String, count: Int)] = []
  package var ads: Int64?
  package var bytes: Int64?
  package var seconds: Double?
  package var failures: [Failure] = []

  package struct Failure: Hashable, Sendable {
    package let code: String
    package let count: Int

    package init(code: String, count: Int) {
      self.code = code
      self.count = count
    }
  }

  package init(event: Event, subject: String, text: String, details: String, host: String) {
    self.event = event
    self.subject = subject
    self.text = text
    self.details = details
    self.host = host
  }
}
