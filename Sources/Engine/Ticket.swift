import MissionCore

/// Names what a mission waits for, so that an answer that comes too late is recognised and ignored.
public struct Ticket: Hashable, Sendable {
  public let mission: MissionID
  let serial: UInt32
}

/// The same for a worker's session.
public struct SessionTicket: Hashable, Sendable {
  public let worker: String
  let lane: Int
  let serial: UInt32
}

/// What a timer belongs to.
public enum TimerKey: Hashable, Sendable {
  case mission(Ticket)
  case session(SessionTicket)
  /// A mission's wait before its retry is over.
  case retry(MissionID)
  /// Steps in progress are given up: the run must end now.
  case graceOver
}
