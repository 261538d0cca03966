/// The page's one script. Its parts are the files of `Script`; they share one scope and run in this order.
///
/// It builds elements and sets text, and never makes markup out of text (the page's policy forbids it).
enum PageScript {
  private static let parts = [
    // Making and finding elements; the data.
    PackageResources.tools_js,
    // Words, numbers, days and times in the page's language.
    PackageResources.words_js,
    // Unfolds the rows that `MissionRows` and `EventRows` wrote.
    PackageResources.decoding_js,
    // What is chosen on the page. It is kept in the address behind #, so that a reload, a bookmark and a link show the
    // same.
    PackageResources.state_js,
    // The light switch.
    PackageResources.theme_js,
    // A cell per day, months in years; and what each day holds, for the chart too.
    PackageResources.calendar_js,
    // Ads per day as bars; days are put together where they would be thinner than three pixels.
    PackageResources.chart_js,
    // What each worker did when, worked out from the events of this run.
    PackageResources.lanes_js,
    // Draws the lanes on a canvas: a long run has more segments than elements are good for.
    PackageResources.lanes_drawing_js,
    // The table of missions, a page at a time, with its filters.
    PackageResources.table_js,
    // One mission whole, with its history.
    PackageResources.details_js,
    // Puts the parts together; follows a run that works.
    PackageResources.start_js,
  ]

  static let text = "\"use strict\";\n(() => {\n" + EmbeddedText.joined(parts) + "})();\n"

  /// Runs before anything is painted: the theme that was chosen last, and that scripts work.
  static let early = EmbeddedText.joined([PackageResources.early_js])
}
