/// What a mission asks for. Two rows with equal parameters are the same mission.
public struct MissionParameters: Hashable, Sendable {
  /// `[a-z0-9][a-z0-9_-]{0,63}`; `default` unless the file names one.
  public let source: String
  public let dateStart: CalendarDay
  /// The last day, included; never before `dateStart`.
  public let dateEnd: CalendarDay
  public let mediaType: MediaType
  /// Lower case, sorted, unique, never empty.
  public let languages: [String]

  /// Languages may come in any case and order, with repetitions; the rest must already be valid.
  public init(
    source: String = "default", dateStart: CalendarDay, dateEnd: CalendarDay, mediaType: MediaType,
    languages: [String]
  ) {
    self.source = source
    self.dateStart = dateStart
    self.dateEnd = dateEnd
    self.mediaType = mediaType
    self.languages =
      languages.count == 1 ? [languages[0].lowercased()] : Set(languages.map { $0.lowercased() }).sorted()
  }

  /// Languages joined by commas, as the journal and the audit object's metadata hold them.
  public var languageList: String { languages.joined(separator: ",") }

  /// The line whose SHA-256 the mission's id is taken from (SPEC 2), without a newline.
  public var canonicalLine: String {
    "v1|\(source)|\(dateStart)|\(dateEnd)|\(mediaType.rawValue)|\(languageList)"
  }
}
