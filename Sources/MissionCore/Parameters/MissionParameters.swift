/// What a mission asks for. Two rows with equal parameters are the same mission.
public struct MissionParameters: Hashable, Sendable {
  /// `[a-z0-9][a-z0-9_-]{0,63}`; `default` unless the file names one.
  public let source: String
  public let dateStart: CalendarDay
  /// The last day, included; never before `dateStart`.
  public let dateEnd: CalendarDay
  /// Nil only where the source needs none.
  public let mediaType: MediaType?
  /// Lower case, sorted, unique; empty only where the source needs none.
  public let languages: [String]
  /// The further columns that the source declares.
  package let values: ParameterValues

  /// Languages may come in any case and order, with repetitions; the rest must already be valid.
  package init(
    source: String = "default", dateStart: CalendarDay, dateEnd: CalendarDay, mediaType: MediaType?,
    languages: [String], values: ParameterValues = ParameterValues()
  ) {
    self.source = source
    self.dateStart = dateStart
    self.dateEnd = dateEnd
    self.mediaType = mediaType
    self.languages =
      languages.count == 1 ? [languages[0].lowercased()] : Set(languages.map { $0.lowercased() }).sorted()
    self.values = values
  }

  /// Languages joined by commas, as the journal and the audit object's metadata hold them.
  public var languageList: String { languages.joined(separator: ",") }

  /// The media type's word, as the ledger holds it; empty without one.
  package var mediaTypeText: String { mediaType?.rawValue ?? "" }
}
