import MissionCore

@testable import Coverage

/// A mission of a slice.
struct SlicedMission {
  let slice: MissionSlice
  let mission: CoveringMission

  func isSameMission(as other: SlicedMission) -> Bool {
    slice == other.slice && mission.from == other.mission.from && mission.to == other.mission.to
  }
}

/// The same rules day by day and mission by mission, in the plainest way: what the streaming ones are compared with.
struct PlainCalendar {
  let missions: [SlicedMission]
  let wanted: WantedDays

  /// Each mission once.
  private var merged: [SlicedMission] {
    var merged: [SlicedMission] = []
    for mission in missions {
      guard let place = merged.firstIndex(where: { $0.isSameMission(as: mission) }) else {
        merged.append(mission)
        continue
      }
      var known = merged[place].mission
      known.merge(mission.mission)
      merged[place] = SlicedMission(slice: mission.slice, mission: known)
    }
    return merged
  }

  var slices: [MissionSlice] {
    var slices: [MissionSlice] = []
    for mission in missions where !slices.contains(mission.slice) { slices.append(mission.slice) }
    return slices.sorted()
  }

  /// Every wanted day of the slice.
  func states(of slice: MissionSlice) -> [Int32: DayState] {
    let own = merged.filter { $0.slice == slice }.map(\.mission)
    let first = own.map(\.from).min() ?? 0
    let last = own.map(\.to).max() ?? 0
    let bounds: ClosedRange<Int32>
    switch wanted.rule {
    case .span:
      guard (wanted.from ?? first) <= (wanted.to ?? last) else { return [:] }
      bounds = (wanted.from ?? first)...(wanted.to ?? last)
    case .named:
      let (from, to) = (max(first, wanted.from ?? first), min(last, wanted.to ?? last))
      guard from <= to else { return [:] }
      bounds = from...to
    }
    var states: [Int32: DayState] = [:]
    for day in bounds {
      let covering = own.filter { $0.from <= day && day <= $0.to }
      if wanted.rule == .named, !covering.contains(where: \.isWanted) { continue }
      let found = covering.compactMap { $0.standing?.dayState }
      let order: [DayState] = [
        .done, .suspicious, .empty, .running, .pending, .lost, .failed, .cancelled,
      ]
      states[day] = order.first(where: found.contains) ?? .missing
    }
    return states
  }
}
