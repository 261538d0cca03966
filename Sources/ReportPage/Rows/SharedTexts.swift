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
  mutating func write(_ text: String?, to rows: inout RowWriter) {
    write(text, to: &rows) { ForeignWords.plain(UntrustedText.message($0)) }
  }

  /// The same of a message.
  mutating func write(
    _ message: Message?, limit: Int, translated: (Message) -> String, to rows: inout RowWriter
  ) {
    write(message?.description, to: &rows) { _ in
      translated(UntrustedText.message(message ?? "", limit: limit))
    }
  }

  private mutating func write(_ text: String?, to rows: inout RowWriter, shown: (String) -> String) {
    guard let text else { return rows.integer(0) }
    if let place = places[text] { return rows.integer(place) }
    if places.count < Self.limit { places[text] = places.count + 1 }
    rows.text(shown(text))
  }
}
