/// Options that choose missions by their source and what they scrape.
public struct SelectionOptions: Equatable, Sendable {
  /// Empty: of whatever source.
  public var sources: [String] = []
  public var from: CalendarDay?
  public var to: CalendarDay?
  public var mediaType: MediaType?
  /// Lower case; a mission must contain all of them.
  public var languages: [String] = []

  /// Only this part of the missions.
  public var shard: MissionFilter.Shard?

  public init() {}

  public var filter: MissionFilter {
    var filter = MissionFilter()
    filter.sources = sources
    filter.from = from
    filter.to = to
    filter.mediaType = mediaType
    filter.languages = languages
    filter.shard = shard
    return filter
  }
}
