import MissionCore
import Ports

/// A source as a run schedules it: its lanes, the rules that make them ready, and whose missions run on which of them.
package struct ScheduledSource: Sendable {
  package let name: String
  package let lanes: [SourceLane]
  /// Of these lanes, in this order.
  package let machine: any LaneMachine
  package let routes: [SourceRoute]

  package init(
    name: String, lanes: [SourceLane], machine: (any LaneMachine)? = nil, routes: [SourceRoute]
  ) {
    self.name = name
    self.lanes = lanes
    self.machine = machine ?? OpenLanes(lanes)
    self.routes = routes
  }

  /// One whose missions may run on every lane.
  package init(
    name: String, missions: SourceNames, lanes: [SourceLane], machine: (any LaneMachine)? = nil,
    policy: SourcePolicy = SourcePolicy()
  ) {
    self.init(
      name: name, lanes: lanes, machine: machine,
      routes: [SourceRoute(missions: missions, lanes: lanes.map(\.name), policy: policy)])
  }
}

/// The missions that name a source, and the lanes on which they may run. Routes may share lanes.
package struct SourceRoute: Hashable, Sendable {
  package let missions: SourceNames
  package let lanes: [String]
  package let policy: SourcePolicy

  package init(missions: SourceNames, lanes: [String], policy: SourcePolicy = SourcePolicy()) {
    self.missions = missions
    self.lanes = lanes
    self.policy = policy
  }
}

/// A lane's name, which only means something inside its source.
package struct LaneName: Hashable, Sendable {
  package let source: String
  package let lane: String

  package init(source: String, lane: String) {
    self.source = source
    self.lane = lane
  }
}

/// What the scheduler knows of a route while a run goes on.
struct RouteState {
  let missions: SourceNames
  /// Index of the source.
  let source: Int
  /// As indexes into the scheduler's lanes.
  let lanes: [Int]
  /// The rules of its missions.
  let machine: MissionMachine
  /// Nil when its missions may be started as often as there is room.
  var pace: PaceWindow?
  /// The run time at which a timer looks whether the pace lets the next one start.
  var paceTimer: Duration?
  /// Missions that have a place on a lane.
  var onLanes = 0
  /// A mission of it was there to work on.
  var hadWork = false
  var queue = CandidateQueue()
  /// Missions in a slot.
  var inFlight = 0
  var isClaiming = false
  var isQueueExhausted = false
  /// No mission starts a job here any more: no lane is left, or what all of them need is not.
  var isClosed = false
}

/// A lane while a run goes on.
struct LaneState {
  let name: LaneName
  let capacity: Int
  /// Index of its source.
  let source: Int
  /// Its number in the source's machine.
  let number: Int
  var serial: UInt32 = 0
  /// Its jobs cannot be told apart, so it has one at a time.
  var takesOneJob = false
  /// What it shows that it can take; nil where nobody asks.
  var adaptive: AdaptiveLimit?
  /// Jobs at once, where that is fewer than its capacity.
  var limit: Int?
  /// What people were last told of that.
  var toldLimit: LaneLimit?
}
