import MissionCore

/// One thing that is not as the journal says.
package struct Difference: Hashable, Sendable {
  /// Where it was found.
  package enum Part: String, CaseIterable, Sendable { case destination, store }

  /// How it differs.
  package enum Kind: String, CaseIterable, Sendable {
    /// The journal says it is there.
    case missing
    /// It is there, but not what was written.
    case altered
    /// The journal knows nothing of it.
    case extra
  }

  /// Where.
  package let part: Part
  /// How.
  package let kind: Kind
  /// Nil for what belongs to no mission.
  package var mission: MissionID?
  /// Of the mission, when the journal holds it.
  package var dateStart: CalendarDay?
  /// The object's key; nil at the destination.
  package var key: String?
  /// A file that is kept beside the audit object.
  package var isOfKeptFile = false
  /// What is wrong. May hold text from outside.
  package let message: Message
}
