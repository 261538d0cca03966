/// The page's one style sheet. Its parts are the files of `Style`, in the order in which later rules win.
enum PageStyle {
  /// With the fonts.
  static let whole = PageFonts.text + "\n" + text

  static let text = EmbeddedText.joined([
    // Colours and fonts. Yellow is the only accent; red is for what failed and nothing else. Text has a contrast of at
    // least 4.5 to 1 on every surface of its theme (WCAG AA).
    PackageResources.themes_css,
    // The document and what is used all over it.
    PackageResources.base_css,
    // The page's frame: heading, main column, notices.
    PackageResources.layout_css,
    // Cards and what stands in them: totals, shares, failures, commands.
    PackageResources.cards_css,
    // The calendar. A day is told by colour and by a mark, so that colour is never needed.
    PackageResources.calendar_css,
    // Ads per day, and the workers' lanes.
    PackageResources.charts_css,
    // The table of missions and its filters.
    PackageResources.table_css,
    // One mission whole, in a dialog at the side.
    PackageResources.details_css,
    // On paper: black on white, whatever the screen shows, and without what can only be clicked.
    PackageResources.print_css,
  ])
}
