import MissionCore

/// One thing that is not as the journal says.
struct Difference: Hashable, Sendable {
  /// Where it was found.
  enum Part: String, CaseIterable, Sendable { case destination, store }

  enum Kind: String, CaseIterable, Sendable {
    /// The journal says it is there.
    case missing
    /// It is there, but not what was written.
    case altered
    /// The journal knows nothing of it.
    case extra
  }

  let part: Part
  let kind: Kind
  /// Nil for what belongs to no mission.
  var mission: MissionID?
  var dateStart: CalendarDay?
  /// The object's key; nil at the destination.
  var key: String?
  /// What is wrong. May hold text from outside.
  let message: String
}
