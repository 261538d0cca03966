import MissionCore
import Ports

/// A source as a run schedules it: its lanes, the rules that make them ready, and whose missions it runs.
package struct ScheduledSource: Sendable {
  package let name: String
  /// The sources that missions may name to be run here.
  package let missions: SourceNames
  package let lanes: [SourceLane]
  /// Of these lanes, in this order.
  package let machine: any LaneMachine

  package init(
    name: String, missions: SourceNames, lanes: [SourceLane], machine: (any LaneMachine)? = nil
  ) {
    self.name = name
    self.missions = missions
    self.lanes = lanes
    self.machine = machine ?? OpenLanes(lanes)
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

/// What the scheduler knows of a source while a run goes on.
struct SourceState {
  let name: String
  let missions: SourceNames
  /// Its lanes, as indexes into the scheduler's.
  let lanes: Range<Int>
  var machine: any LaneMachine
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
}
