import MissionCore

/// A mission as far as the days that it covers are concerned.
package struct CoveringMission: Hashable, Sendable {
  /// Both days included, as days since 1970.
  package let from: Int32
  package let to: Int32
  /// Nil for a row that only says what is wanted.
  package var standing: MissionStanding?
  /// What is wanted names its days.
  package var isWanted: Bool

  package init(from: Int32, to: Int32, standing: MissionStanding?, isWanted: Bool = false) {
    self.from = from
    self.to = to
    self.standing = standing
    self.isWanted = isWanted
  }

  /// The same mission as another journal or a file knows it.
  mutating func merge(_ other: CoveringMission) {
    isWanted = isWanted || other.isWanted
    if let found = other.standing { standing = standing.map { min($0, found) } ?? found }
  }

  // MARK: As a number

  private static let standingMask: UInt32 = 15
  private static let wanted: UInt32 = 16

  /// Standing and wish as one number.
  var note: UInt32 { (standing.map { UInt32($0.rawValue) + 1 } ?? 0) | (isWanted ? Self.wanted : 0) }

  /// What `note` says.
  init(from: Int32, to: Int32, note: UInt32) {
    let standing = note & Self.standingMask
    self.init(
      from: from, to: to,
      standing: standing == 0 ? nil : MissionStanding(rawValue: UInt8(standing - 1)),
      isWanted: note & Self.wanted != 0)
  }
}
