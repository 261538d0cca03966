import MissionCore

/// What a source must know to start a mission's job, or to find what became of a start.
package struct MissionStart: Hashable, Sendable {
  package let mission: MissionID
  package let parameters: MissionParameters
  /// Which start of the mission's whole life it is, from 1 on. A start that is repeated because its answer was lost keeps
  /// its number; a new one after a failure, a restart or `retry` has the next.
  package let attempt: Int
  /// The run that announced it.
  package let runID: String
  /// Drawn at random for this start, 16 hexadecimal digits; journaled before the start is sent.
  package let token: String
  /// The result is compared with an earlier one of the mission, which stays as it is.
  package let isSecondLook: Bool

  package init(
    mission: MissionID, parameters: MissionParameters, attempt: Int = 1, runID: String = "",
    token: String = "0000000000000000", isSecondLook: Bool = false
  ) {
    self.mission = mission
    self.parameters = parameters
    self.attempt = attempt
    self.runID = runID
    self.token = token
    self.isSecondLook = isSecondLook
  }

  /// The same for every sending of this start and for no other: `<mission_id>-<attempt>`.
  package var idempotencyKey: String { "\(mission)-\(attempt)" }

  /// As `token` has it.
  package static func token(_ drawn: UInt64) -> String {
    let digits = String(drawn, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// A job as its source names it.
package struct SourceJob: Hashable, Sendable {
  package let id: String
  package let lane: String
  /// What the source kept when it told the id.
  package let kept: KeptValues
  /// What started it, in this run or an earlier one.
  package let start: MissionStart

  package init(id: String, lane: String, kept: KeptValues = KeptValues(), start: MissionStart) {
    self.id = id
    self.lane = lane
    self.kept = kept
    self.start = start
  }
}
