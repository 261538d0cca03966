import MissionCore

/// A mission as far as the days that it covers are concerned.
package struct CoveringMission {
  package let slice: MissionSlice
  /// Both days included, as days since 1970.
  package let from: Int32
  package let to: Int32
  /// Nil for a row that only says what is wanted.
  package var standing: MissionStanding?
  /// What is wanted names its days.
  package var isWanted: Bool

  package init(
    slice: MissionSlice, from: Int32, to: Int32, standing: MissionStanding?, isWanted: Bool = false
  ) {
    self.slice = slice
    self.from = from
    self.to = to
    self.standing = standing
    self.isWanted = isWanted
  }

  /// By slice, first day, last day: what is equal so is the same mission.
  func comes(before other: CoveringMission) -> Bool {
    if slice !== other.slice, slice != other.slice { return slice < other.slice }
    return from != other.from ? from < other.from : to < other.to
  }

  func isSameMission(as other: CoveringMission) -> Bool {
    from == other.from && to == other.to && slice == other.slice
  }

  /// The same mission as another journal or a file knows it.
  mutating func merge(_ other: CoveringMission) {
    isWanted = isWanted || other.isWanted
    if let found = other.standing { standing = standing.map { min($0, found) } ?? found }
  }
}

/// Missions by slice, first day and last day.
package protocol MissionStream: AnyObject {
  /// Nil at the end.
  func next() throws -> CoveringMission?
}
