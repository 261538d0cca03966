import MissionCore

/// Names what a mission waits for, so that an answer that comes too late is recognised and ignored.
package struct Ticket: Hashable, Sendable {
  package let mission: MissionID
  let serial: UInt32
}

/// The same for a lane.
package struct LaneTicket: Hashable, Sendable {
  package let lane: LaneName
  let index: Int
  let serial: UInt32
}

/// What a timer belongs to.
package enum TimerKey: Hashable, Sendable {
  case mission(Ticket)
  case lane(LaneTicket)
  /// A mission's wait before its retry is over.
  case retry(MissionID)
  /// The pace of a source may let the next mission start.
  case pace(SourceNames)
  /// What was noted waits long enough for company.
  case notes
  /// Steps in progress are given up: the run must end now.
  case graceOver
}
