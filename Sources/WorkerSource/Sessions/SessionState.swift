import MissionCore

/// What is remembered of one worker and its session while a run goes on.
package struct SessionState: Sendable {
  package let worker: String
  /// Jobs at once. 0: only jobs of earlier runs are taken over here, nothing new is started.
  package let capacity: Int
  package internal(set) var phase: SessionPhase = .none
  package internal(set) var sessionID = ""
  package internal(set) var proxy: String?
  /// How often `POST /scrape` was about to be sent in this session.
  package internal(set) var served = 0
  /// It failed, or may run a job that nobody knows: it takes no new missions and is ended when its last
  /// job has.
  package internal(set) var isTainted = false
  /// Set aside for the rest of the run.
  package internal(set) var isSetAside = false
  /// Missions that were assigned and wait for a ready session, in order.
  package internal(set) var waiting: [MissionID] = []
  /// By waiting mission: the session that it is not to have, nor its proxy when that is named.
  var avoided: [MissionID: SessionGrant] = [:]
  /// Missions that use the session: from the grant until they release it.
  package internal(set) var users = 0
  /// Jobs at once, where that is fewer than its capacity.
  var limit: Int?
  /// The worker did not confirm the end of its last session, which may therefore live on with what runs in it. The
  /// next one replaces it.
  var mayLiveOn = false
  /// Times that a session was opened only to replace one that may live on.
  var replacements = 0

  var tries = 0
  /// Only the answer to a request that was sent at or after it judges.
  var deadline: Duration = .zero
  /// When the worker was last asked for a session or for its status.
  var askedAt: Duration = .zero
  /// What the worker said when it asked to come back later with `POST /session`, and from when on it may be asked.
  var refusal: (message: Message, until: Duration)?
  /// The run stops and jobs that a later run adopts go on in it: this run does not end it.
  var isLeft = false
  /// It was found stuck, disconnected or gone while missions used it; all of them know.
  var isBroken = false
  /// Its failure was counted against its proxy; once is enough, however many missions it takes with it.
  var isBlamed = false
  /// A job of those that use it was found to go on: it may last long.
  var hasLongJobs = false
  /// Whether the session is looked at while missions use it.
  var watch: SessionWatch = .off

  /// Its last job ended badly without our doing: another run may have opened a session in its place.
  var mayBeReplaced = false
  /// Looks that showed what only another run can have brought about.
  var foreignLooks: [SessionStatus] = []

  /// No mission was granted this session since it became ready in this run.
  var isFresh = true

  package init(worker: String, capacity: Int) {
    self.worker = worker
    self.capacity = capacity
  }

  /// A session that an earlier run left open; it is looked at before its first use.
  package init(worker: String, capacity: Int, sessionID: String, proxy: String?, served: Int, isTainted: Bool)
  {
    self.init(worker: worker, capacity: capacity)
    self.sessionID = sessionID
    self.proxy = proxy
    self.served = served
    self.isTainted = isTainted
    phase = .inherited
    isFresh = false
  }

  /// The proxy chosen for the session that is being opened; failures count against it from now on.
  package mutating func open(through proxy: String?) {
    self.proxy = proxy
    isBlamed = false
  }

  /// It has ended, or is given up.
  mutating func forgetSession() {
    phase = .none
    isTainted = false
    served = 0
    proxy = nil
    sessionID = ""
    isBroken = false
    mayBeReplaced = false
    foreignLooks = []
  }

  /// Jobs at once, for now.
  var room: Int { min(limit ?? capacity, capacity) }

  package var isIdle: Bool { users == 0 && waiting.isEmpty }

  /// Whether the mission must not have the session that is open.
  func avoids(_ mission: MissionID) -> Bool {
    guard let other = avoided[mission] else { return false }
    return other.sessionID == sessionID || (other.proxy != nil && other.proxy == proxy)
  }

  /// The proxy that the next session is not to be opened through: that of the first who minds.
  var avoidedProxy: String? {
    waiting.first { avoided[$0]?.proxy != nil }.flatMap { avoided[$0]?.proxy }
  }

  /// Whether a session is being opened for the missions that wait.
  var isBeingOpened: Bool { [.opening, .awaitingOpen, .settling, .looking].contains(phase) }
}

enum SessionWatch: Hashable, Sendable {
  /// Nobody uses the session, or it is known to have failed.
  case off
  /// A timer runs until the next look.
  case waiting
  /// A look is under way.
  case asking
}

/// Where a worker's session stands.
package enum SessionPhase: Hashable, Sendable {
  /// No session.
  case none
  /// Left open by an earlier run, not looked at yet.
  case inherited
  /// The first look at an inherited session is under way.
  case probing
  /// `POST /session` is under way.
  case opening
  /// `POST /session` was put off; a timer runs.
  case awaitingOpen
  /// Opened; a timer runs until the next look.
  case settling
  /// A look is under way.
  case looking
  case ready
  /// It failed, and is looked at before it is ended: it may be another run's by now.
  case questioning
  /// `DELETE /session` is under way.
  case ending
}
