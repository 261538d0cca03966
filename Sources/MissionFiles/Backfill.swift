import MissionCore

/// The missions that cover a range of days, as `backfill` prints them.
public struct Backfill: Sequence, Sendable {
  /// How many days one mission covers.
  public enum Step: String, CaseIterable, Sendable {
    case day
    /// Seven days from the first day on, whatever weekday that is.
    case week
    /// Calendar months; the first and the last may be cut short.
    case month
  }

  private static let header = "date_start,date_end,media_type,languages"

  public let from: CalendarDay
  /// Included; an earlier day than `from` gives no missions.
  public let to: CalendarDay
  public let mediaType: MediaType
  /// As `LanguageList.parse` gives them.
  public let languages: [String]
  public let step: Step
  /// Nil writes no such column: the missions are of the source `default` then.
  public let source: String?

  public init(
    from: CalendarDay, to: CalendarDay, mediaType: MediaType, languages: [String], every step: Step = .day,
    source: String? = nil
  ) {
    self.source = source
    self.from = from
    self.to = to
    self.mediaType = mediaType
    self.languages = languages
    self.step = step
  }

  /// The range that wrote exactly this file; nil when it was another hand, or changed since.
  public init?(written content: [UInt8]) {
    let lines = content.split(separator: .lineFeed)
    guard content.starts(with: Self.header.utf8), lines.count > 1,
      let (first, source) = Self.mission(lines[1]), let (last, _) = Self.mission(lines[lines.count - 1]),
      let mediaType = first.mediaType
    else { return nil }
    for step in Step.allCases {
      self.init(
        from: first.dateStart, to: last.dateEnd, mediaType: mediaType, languages: first.languages,
        every: step, source: source)
      if wrote(content) { return }
    }
    return nil
  }

  /// Stops at the first difference, so that no range makes it long.
  private func wrote(_ content: [UInt8]) -> Bool {
    struct Difference: Error {}
    var rest = content[...]
    do {
      _ = try writeCSV { text in
        guard rest.starts(with: text.utf8) else { throw Difference() }
        rest = rest.dropFirst(text.utf8.count)
      }
    } catch { return false }
    return rest.isEmpty
  }

  /// A row as `writeCSV` writes it.
  private static func mission(_ line: ArraySlice<UInt8>) -> (MissionParameters, source: String?)? {
    var fields = line.split(separator: .comma, maxSplits: 3, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count == 4 else { return nil }
    // A list of several languages is quoted; behind it, or behind the only one, the source may stand.
    let isQuoted = fields[3].hasPrefix("\"")
    let end = isQuoted ? fields[3].dropFirst().firstIndex(of: "\"") : fields[3].firstIndex(of: ",")
    var source: String?
    if let end {
      let rest = isQuoted ? fields[3][end...].dropFirst() : fields[3][end...]
      if rest.hasPrefix(",") { source = String(rest.dropFirst()) }
      fields[3] = String(fields[3][..<end])
    }
    guard let start = CalendarDay(fields[0]), let last = CalendarDay(fields[1]),
      let mediaType = MediaType(rawValue: fields[2]),
      let languages = LanguageList.parse(fields[3].filter { $0 != "\"" })
    else { return nil }
    let mission = MissionParameters(
      dateStart: start, dateEnd: last, mediaType: mediaType, languages: languages)
    return (mission, source)
  }

  public func makeIterator() -> AnyIterator<MissionParameters> {
    var next = from
    return AnyIterator {
      guard next <= to else { return nil }
      let start = next
      let end = Swift.min(lastDay(from: start), to)
      next = end.adding(days: 1)
      return MissionParameters(
        source: source ?? "default", dateStart: start, dateEnd: end, mediaType: mediaType,
        languages: languages)
    }
  }

  /// Writes the mission file piece by piece; gives the number of missions.
  public func writeCSV(to write: (String) throws -> Void) rethrows -> Int {
    let tail = source.map { ",\($0)" } ?? ""
    try write(Self.header + (source == nil ? "" : ",source") + "\n")
    var count = 0
    for mission in self {
      let languages = mission.languages.count > 1 ? "\"\(mission.languageList)\"" : mission.languageList
      try write("\(mission.dateStart),\(mission.dateEnd),\(mission.mediaTypeText),\(languages)\(tail)\n")
      count += 1
    }
    return count
  }

  private func lastDay(from day: CalendarDay) -> CalendarDay {
    switch step {
    case .day: return day
    case .week: return day.adding(days: 6)
    case .month:
      let (year, month, _) = day.components
      // The day before the next month begins; in the calendar's last month, its last day.
      let next = CalendarDay(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
      return next?.adding(days: -1) ?? to
    }
  }
}
