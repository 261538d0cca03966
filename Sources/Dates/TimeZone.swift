/// A time zone: how far its clocks are from UTC at each moment.
package struct TimeZone: Hashable, Sendable {
  /// As the system's database has it: `America/Sao_Paulo`.
  package let name: String
  /// When another offset begins, in seconds since 1970, ascending.
  let transitions: [Int64]
  /// From each transition on, in seconds east of UTC.
  private let offsets: [Int32]
  /// Before the first transition.
  private let first: Int32
  /// Behind the last transition; nil goes on with the last offset.
  let rule: ZoneRule?

  package static let utc = TimeZone(name: "UTC", transitions: [], offsets: [], first: 0, rule: nil)

  init(name: String, transitions: [Int64], offsets: [Int32], first: Int32, rule: ZoneRule?) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.first = first
    self.rule = rule
  }

  /// Seconds east of UTC.
  package func offset(at seconds: Int64) -> Int {
    guard let last = transitions.last, seconds < last else {
      return rule?.offset(at: seconds) ?? Int(offsets.last ?? first)
    }
    // The first transition behind the moment.
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return Int(low == 0 ? first : offsets[low - 1])
  }

  /// The day on the zone's calendar, as days since 1970-01-01.
  package func day(at seconds: Int64) -> Int {
    let local = seconds + Int64(offset(at: seconds))
    return Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)
  }

  /// The first second of a day, which is not midnight where the clocks are put forward at midnight; of a day that the
  /// zone's calendar left out, that of the next.
  package func start(ofDay day: Int) -> Int64 {
    let midnight = Int64(day) * 86_400
    // No zone is two days from UTC.
    var (low, high) = (midnight - 2 * 86_400, midnight + 2 * 86_400)
    while low < high {
      let middle = low + (high - low) / 2
      if self.day(at: middle) >= day { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
