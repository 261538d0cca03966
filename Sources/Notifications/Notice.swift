/// What people and other systems are told of a run, at its start or its end.
public struct Notice: Sendable {
  /// Which moment of a run, and how it ended (SPEC 11).
  public enum Event: String, CaseIterable, Sendable {
    case start
    /// Everything that was chosen is DONE.
    case success
    /// Something is DONE, something is not.
    case partial
    case failure
  }

  public var event: Event
  /// One line.
  public var subject: String
  /// Some lines for a chat.
  public var text: String
  /// The whole summary, for mail and logs; the same as `text` where there is none.
  public var details: String
  public var host: String
  public var runID: String?
  /// Nil at the start.
  public var exitCode: Int?
  public var startedAt: String?
  public var finishedAt: String?
  /// Missions by what became of them, in order; empty when the run did not get that far.
  public var counts: [(name: String, count: Int)] = []
  public var ads: Int64?
  public var bytes: Int64?
  public var seconds: Double?
  public var failures: [Failure] = []

  /// How many missions failed with a code.
  public struct Failure: Hashable, Sendable {
    public let code: String
    public let count: Int

    public init(code: String, count: Int) {
      self.code = code
      self.count = count
    }
  }

  public init(event: Event, subject: String, text: String, details: String, host: String) {
    self.event = event
    self.subject = subject
    self.text = text
    self.details = details
    self.host = host
  }
}
