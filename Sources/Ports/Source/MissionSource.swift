import MissionCore

/// Where missions run and their bytes come from (SPEC 7, SOURCES): the one port that every kind of source implements.
///
/// One call is one attempt: retries, waits and deadlines of stages are the engine's. Replies come once, from any
/// thread, and must return quickly. A kind is named in one list and nowhere else.
package protocol MissionSource: Sendable {
  /// Where missions of this source run side by side; the same ones as long as it lives.
  var lanes: [SourceLane] { get }

  /// What makes the lanes ready; nil when a lane always is.
  var sessions: (any LaneSessions)? { get }

  /// What `check` asks of it, in the order in which it is shown.
  var health: [HealthCheck] { get }

  /// What shows whether the other side of a lane keeps to the contract of its kind; empty where there is nothing to
  /// try, or no such lane.
  func contract(of lane: String) -> [ContractStep]

  /// Starts a job; replies with its id, or with the end when the answer was that (a result is durable in the spool
  /// then). The intent is in the journal. Sent once, never repeated by the transport. A failure of kind `.again` or
  /// `.mismatch` means that a job may run whose id is not known.
  func start(
    _ start: MissionStart, on lane: String, into spool: any ResultSpool,
    reply: @escaping @Sendable (Result<StartOutcome, SourceFailure>) -> Void)

  /// What became of a start whose answer is not known, in this run or an earlier one. Starts nothing, so it may be asked
  /// again.
  /// - Parameter known: the ids of jobs that earlier starts of the mission had: none of them is this one's.
  func find(
    _ start: MissionStart, on lane: String, known: [String],
    reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void)

  /// Looks at a job; of one that has ended well the result is durable in the spool when the reply comes.
  /// - Parameter wait: a source that is told when its job ends may hold the reply back so long before it says
  ///   `.waiting`; zero: it replies at once.
  func look(
    at job: SourceJob, into spool: any ResultSpool, atMost wait: Duration,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void)

  /// Ends a job; replies whether it surely runs no more.
  func cancel(_ job: SourceJob, reply: @escaping @Sendable (_ isConfirmed: Bool) -> Void)

  /// What the source keeps for a mission may go: it is DONE, or was cancelled.
  func forget(_ mission: MissionID)

  /// Lets go of what it holds, at the end of a run. Blocks for a short time at the most; nothing may be asked afterwards.
  func close()
}

extension MissionSource {
  package var sessions: (any LaneSessions)? { nil }
  package var health: [HealthCheck] { [] }
  package func contract(of lane: String) -> [ContractStep] { [] }

  /// For a source that cannot tell: a start without an answer counts as failed.
  package func find(
    _ start: MissionStart, on lane: String, known: [String],
    reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) {
    reply(.success(.failed(Failure(.scrapeOther, "not known whether \(lane) started a job"))))
  }

  /// For a source that cannot end a job: to give up is to forget.
  package func cancel(_ job: SourceJob, reply: @escaping @Sendable (_ isConfirmed: Bool) -> Void) {
    reply(true)
  }

  package func forget(_ mission: MissionID) {}

  package func close() {}
}

/// One place of a source where missions run side by side, as far as its capacity goes.
package struct SourceLane: Hashable, Sendable {
  /// What journal and reports call it: the worker's name, or that of the source.
  package let name: String
  /// Jobs at once. 0: only jobs of earlier runs are taken over here, nothing new is started.
  package var capacity: Int
  /// Jobs that can be there at once, whatever the capacity is; nil: as the capacity says.
  package var together: Int?
  /// Whether it may get fewer jobs at once than its capacity when it shows that it cannot take them.
  package var adapts: Bool

  package init(name: String, capacity: Int, together: Int? = nil, adapts: Bool = true) {
    self.name = name
    self.capacity = capacity
    self.together = together
    self.adapts = adapts
  }
}
