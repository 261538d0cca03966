/// The page's one style sheet. Its parts are short files, so that each can be read at once.
enum PageStyle {
  static let text = [themes, base, layout, cards, calendar, charts, table, details, print]
    .joined(separator: "\n")
}
