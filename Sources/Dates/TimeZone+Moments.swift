extension TimeZone {
  /// The first moment at which the zone's clocks show this local time or a later one, both in seconds since 1970: the
  /// first of two where clocks are set back, the end of the gap where they are put forward over it.
  package func firstMoment(showing local: Int64) -> Int64 {
    // No zone is a day from UTC: until then no clock has shown it.
    var moment = local - 86_400
    while true {
      let missing = local - (moment + Int64(offset(at: moment)))
      guard missing > 0 else { return moment }
      guard let change = change(after: moment, until: moment + missing) else { return moment + missing }
      moment = change
    }
  }

  /// The latest local time that the zone's clocks have shown until a moment, which is more than they show then where they
  /// were set back a short time ago.
  package func latestShown(until moment: Int64) -> Int64 {
    var latest = moment + Int64(offset(at: moment))
    // No clock is set back by more than a day.
    var start = moment - 2 * 86_400
    while let change = change(after: start, until: moment) {
      latest = max(latest, change - 1 + Int64(offset(at: change - 1)))
      start = change
    }
    return latest
  }

  /// When another offset begins next, behind a moment; nil when none does until `end`.
  private func change(after moment: Int64, until end: Int64) -> Int64? {
    guard let last = transitions.last, moment < last else {
      return rule?.change(after: moment, until: end)
    }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return transitions[low] <= end ? transitions[low] : nil
  }
}
