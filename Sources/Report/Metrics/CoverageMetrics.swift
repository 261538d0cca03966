import Coverage
import Journal
import MissionCore

/// Which days are there, as a metric: the journal's own days, each slice from its first to its last.
enum CoverageMetrics {
  static let name = "mission_control_coverage"
  /// Of a larger journal it is not told: it would take seconds each time.
  static let mostMissions = 100_000
  /// The same while a run works, when metrics are written every few seconds.
  static let mostMissionsInterim = 20_000

  /// Nil where the journal is too large.
  static func family(from reader: JournalReader, isInterim: Bool) throws(JournalError) -> MetricFamily? {
    let limit = isInterim ? mostMissionsInterim : mostMissions
    guard try reader.counts().total <= limit else { return nil }
    var family = MetricFamily(
      name, .gauge, "Days of the journal by state, each slice from its first day to its last one")
    let totals: CoverageTotals
    do {
      let missions = KnownMissions()
      try missions.add(reader, MissionFilter())
      totals = try CoverageReading.run(missions, WantedDays(.span), slice: { _ in }, repair: { _ in })
    } catch { throw error as? JournalError ?? .internalFailure(reason: "\(error)") }
    for state in DayState.allCases where state != .lost {
      family.add(Double(totals.counts[state]), ("state", state.rawValue))
    }
    return family
  }
}
