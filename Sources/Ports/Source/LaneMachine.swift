import MissionCore

/// The rules by which a source's lanes take missions: `(event) → actions`, nothing else. Pure: run time and chance come
/// with each event, so that a simulated world can drive it. Lanes are numbers, in the order of the source.
package protocol LaneMachine: Sendable {
  func standing(of lane: Int) -> LaneStanding

  mutating func handle(
    _ event: LaneEvent, of lane: Int, at moment: LaneMoment, random: inout SeededRandom
  ) -> [LaneAction]
}

/// When an event happens.
package struct LaneMoment: Sendable {
  /// Time since the run began; monotonic.
  package let now: Duration
  /// What is stamped.
  package let wall: Timestamp

  package init(now: Duration, wall: Timestamp) {
    self.now = now
    self.wall = wall
  }
}

/// How a lane stands.
package struct LaneStanding: Hashable, Sendable {
  /// How soon a mission could start there.
  package enum Readiness: Int, Comparable, Sendable {
    case ready
    /// Perhaps at once: what an earlier run left has to be looked at.
    case unproven
    case toPrepare

    package static func < (left: Readiness, right: Readiness) -> Bool { left.rawValue < right.rawValue }
  }

  /// Nil when the lane takes no mission now.
  package var readiness: Readiness?
  /// Missions that are on the lane, or wait for it to be ready.
  package var missions = 0
  /// Set aside for the rest of the run.
  package var isSetAside = false
  /// A job that nobody knows may run there: missions that wait for its end are held.
  package var isTainted = false
  /// It is being left in order at the end of the run.
  package var isEnding = false

  package init() {}
}

/// What happened to a lane.
package enum LaneEvent: Sendable {
  case missionAssigned(MissionID)
  /// The mission that is assigned next is to see whether another session, through another proxy where there is one,
  /// brings the same as this one.
  case missionAvoids(MissionID, SessionGrant)
  /// A mission whose job runs there was taken over from an earlier run.
  case jobAdopted
  /// An earlier run may have started a job there whose id nobody knows.
  case unknownJobFound
  /// Jobs of earlier runs were taken over; none is any more.
  case adoptionEnded
  /// The run is over: what nobody uses is ended.
  case runFinished
  /// A mission stopped waiting (cancelled or stopped) before it was granted the lane.
  case missionLeft(MissionID)
  /// A mission that was granted the lane is about to start its job.
  case missionStarts
  /// A look at a job there did not find its end.
  case jobGoesOn
  case missionReleased(LaneVerdict)
  /// What came of the last request.
  case answered(any LaneAnswer)
  case timerFired
  /// Missions wait until a job that nobody knows is surely gone from there.
  case missionsHeld
  /// So many jobs at once from now on; nil: as many as its capacity says.
  case limited(to: Int?)
  /// It proved unusable.
  case setAside(Message)
}

/// What is to be done for a lane, in this order.
package enum LaneAction: Sendable {
  /// To be carried out by the source's sessions; answered by `.answered`.
  case ask(any LaneRequest)
  case setTimer(after: Duration)
  /// The mission may start; in this session, when the lane has sessions.
  case grant(MissionID, SessionGrant?)
  case fail([MissionID], Failure)
  /// The lane is set aside, and these have to go elsewhere.
  case lose([MissionID], Message)
  case journal(JournalWrite)
  /// Whatever ran there is gone: missions that waited for that may go on.
  case isCleared
  /// What the missions run in has failed: each ends as soon as it knows what came of its job.
  case breakUsers(Failure)
  case unknownStatus(String)
  /// No mission of the source can start any more in this run.
  case closeSource(Failure)
}

/// What a lane machine asks of the sessions of its own kind. Only the kind knows what it says.
package protocol LaneRequest: Sendable {}

/// What came of it.
package protocol LaneAnswer: Sendable {}
