import MissionCore

/// Finds the days that no mission covers. Missions come sorted by kind and first day; gaps outside the
/// range of a kind's selected missions are left out.
struct GapSweep {
  private(set) var gaps: [MissionPlan.Gap] = []

  private var kind = MissionPlan.Kind(mediaType: nil, languages: [], parameters: ParameterValues())
  private var groupStart = 0
  /// The last day that is covered so far.
  private var coveredTo: Int32?
  private var firstSelected: Int32?
  private var lastSelected: Int32?

  /// Ends the kind before and begins the next.
  mutating func begin(_ kind: MissionPlan.Kind) {
    end()
    self.kind = kind
  }

  mutating func add(from: CalendarDay, to: CalendarDay, isSelected: Bool) {
    let (first, last) = (from.daysSinceEpoch, to.daysSinceEpoch)
    if let coveredTo, first > coveredTo + 1 { append(coveredTo + 1, first - 1) }
    coveredTo = max(coveredTo ?? last, last)
    guard isSelected else { return }
    firstSelected = min(firstSelected ?? first, first)
    lastSelected = max(lastSelected ?? last, last)
  }

  /// Ends the last kind.
  mutating func end() {
    if let firstSelected, let lastSelected {
      // A gap lies between missions: it is inside the selected range whole, or outside it.
      var kept = groupStart
      for index in groupStart..<gaps.count
      where gaps[index].from.daysSinceEpoch > firstSelected && gaps[index].to.daysSinceEpoch < lastSelected {
        gaps[kept] = gaps[index]
        kept += 1
      }
      gaps.removeSubrange(kept...)
    } else {
      gaps.removeSubrange(groupStart...)
    }
    groupStart = gaps.count
    (coveredTo, firstSelected, lastSelected) = (nil, nil, nil)
  }

  private mutating func append(_ first: Int32, _ last: Int32) {
    gaps.append(
      MissionPlan.Gap(
        from: CalendarDay(daysSinceEpoch: first), to: CalendarDay(daysSinceEpoch: last), kind: kind))
  }
}
