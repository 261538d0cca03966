import MissionCore

/// Texts that occur again and again in the page's data: written out at their first use, as their place afterwards.
///
/// The script that reads them keeps the same list, so nothing else has to be said. The list is bounded; what
/// comes when it is full is written out each time.
struct SharedTexts {
  static let limit = 4096

  private var places: [String: Int] = [:]

  /// JSON of the text: itself, cleaned, or its place counted from 1; 0 is none.
  ///
  /// Cleaning and translating look at every character, so they are done once for a text, not each time it comes.
  mutating func write(
    _ text: String?, limit: Int = UntrustedText.excerptLength,
    translated: (String) -> String = ForeignWords.plain,
    to rows: inout RowWriter
  ) {
    guard let text else { return rows.integer(0) }
    if let place = places[text] { return rows.integer(place) }
    if places.count < Self.limit { places[text] = places.count + 1 }
    rows.text(translated(UntrustedText.message(text, limit: limit)))
  }
}
