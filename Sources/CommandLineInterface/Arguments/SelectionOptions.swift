import MissionCore

/// Options that choose missions by what they scrape.
struct SelectionOptions: Equatable, Sendable {
  var from: CalendarDay?
  var to: CalendarDay?
  var mediaType: MediaType?
  /// Lower case; a mission must contain all of them.
  var languages: [String] = []

  var filter: MissionFilter {
    var filter = MissionFilter()
    filter.from = from
    filter.to = to
    filter.mediaType = mediaType
    filter.languages = languages
    return filter
  }
}
