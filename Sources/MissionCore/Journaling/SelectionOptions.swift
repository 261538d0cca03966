/// Options that choose missions by their source and what they scrape.
package struct SelectionOptions: Equatable, Sendable {
  /// Empty: of whatever source.
  package var sources: [String] = []
  package var from: CalendarDay?
  package var to: CalendarDay?
  package var mediaType: MediaType?
  /// Lower case; a mission must contain all of them.
  package var languages: [String] = []

  /// Only this part of the missions.
  package var shard: MissionFilter.Shard?

  package init() {}

  package var filter: MissionFilter {
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
