/// What a figure's numbers mean; they are kept in bytes and seconds.
enum Unit {
  case perSecond, seconds, milliseconds, kilobytes, megabytes, megabytesPerSecond, percent, count

  func text(_ value: Double) -> String {
    switch self {
    case .perSecond: return Decimal.text(value, places: 0) + " /s"
    case .seconds: return Decimal.text(value, places: 2) + " s"
    case .milliseconds: return Decimal.text(value * 1000, places: value < 0.01 ? 2 : 0) + " ms"
    case .kilobytes: return Decimal.text(value / 1e3, places: 1) + " kB"
    case .megabytes: return Decimal.text(value / 1e6, places: 0) + " MB"
    case .megabytesPerSecond: return Decimal.text(value / 1e6, places: 0) + " MB/s"
    case .count: return Decimal.text(value, places: 1)
    case .percent: return Decimal.text(value * 100, places: 2) + " %"
    }
  }
}
