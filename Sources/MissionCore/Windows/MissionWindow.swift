/// Missions that need no file: one for each day, week or month of a range that may move with today, for each combination
/// of parameter values (SOURCES 5); pure.
package struct MissionWindow: Hashable, Sendable {
  /// A parameter and the values that missions are made for.
  package struct Parameter: Hashable, Sendable {
    package let name: String
    /// At least one.
    package let values: [ParameterValue]

    package init(name: String, values: [ParameterValue]) {
      self.name = name
      self.values = values
    }
  }

  /// More missions of one window are a mistake.
  package static let mostMissions = 100_000

  package var every = CalendarPeriod.day
  package var from = DayReference.daysAgo(0)
  package var to = DayReference.daysAgo(0)
  package var source = "default"
  package var mediaType: MediaType?
  package var languages: [String] = []
  package var priority = 0
  package var parameters: [Parameter] = []
  /// Stronger than the source's; nil leaves it to that.
  package var refreshAfter: RefreshAfter?

  package init() {}

  /// How many missions it makes, without making them. Never overflows: more than `Int.max` is `Int.max`.
  package func count(today: CalendarDay) -> Int {
    parameters.reduce(every.count(from: from.day(today: today), to: to.day(today: today))) {
      count, parameter in
      let (product, overflow) = count.multipliedReportingOverflow(by: parameter.values.count)
      return overflow ? .max : product
    }
  }

  /// The missions by their days, and for the same days in the order of the values, the last parameter changing first.
  package func missions(today: CalendarDay) -> [MissionParameters] {
    let combinations = parameters.combinations()
    return every.periods(from: from.day(today: today), to: to.day(today: today)).flatMap { period in
      combinations.map { values in
        MissionParameters(
          source: source, dateStart: period.start, dateEnd: period.end, mediaType: mediaType,
          languages: languages, values: values)
      }
    }
  }
}

extension [MissionWindow.Parameter] {
  /// Each combination of the values, the last parameter changing first.
  ///
  /// - Parameter common: what every one of them has as well.
  package func combinations(with common: [ParameterValues.Entry] = []) -> [ParameterValues] {
    reduce([common]) { combined, parameter in
      combined.flatMap { entries in
        parameter.values.map { entries + [ParameterValues.Entry(name: parameter.name, value: $0)] }
      }
    }.map { ParameterValues($0) }
  }
}
