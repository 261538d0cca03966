import MissionCore

/// Neighbouring days of one state.
package struct DayRange: Hashable, Sendable {
  /// Both included, as days since 1970.
  package let from: Int32
  package private(set) var to: Int32
  package let state: DayState

  package init(from: Int32, to: Int32, state: DayState) {
    self.from = from
    self.to = to
    self.state = state
  }

  package var days: Int { Int(to) - Int(from) + 1 }
  package var first: CalendarDay { CalendarDay(daysSinceEpoch: from) }
  package var last: CalendarDay { CalendarDay(daysSinceEpoch: to) }

  /// Takes the range behind it in; false when it is no neighbour of the same state.
  mutating func join(_ next: DayRange) -> Bool {
    guard next.state == state, next.from == to + 1 else { return false }
    to = next.to
    return true
  }
}

/// Days by state.
package struct DayCounts: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: DayState.allCases.count)

  package init() {}

  package subscript(state: DayState) -> Int { counts[state.place] }
  package var total: Int { counts.reduce(0, +) }
  /// Days that something has to be run for.
  package var toRepair: Int { DayState.allCases.filter(\.needsRepair).reduce(0) { $0 + self[$1] } }

  mutating func add(_ range: DayRange) { counts[range.state.place] += range.days }

  mutating func add(_ other: DayCounts) {
    for place in counts.indices { counts[place] += other.counts[place] }
  }
}

extension DayState {
  fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The wanted days of a slice.
package struct SliceCoverage {
  package let slice: MissionSlice
  /// In the order of the calendar; days that nobody wants lie between them.
  package internal(set) var ranges: [DayRange] = []
  package internal(set) var counts = DayCounts()
}

/// A mission that has to be run so that days of it are there.
package struct RepairRow {
  package let slice: MissionSlice
  package let from: CalendarDay
  package let to: CalendarDay
  /// Of the days that it is needed for.
  package let state: DayState
}
