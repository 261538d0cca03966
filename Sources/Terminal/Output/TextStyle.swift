/// Colours for a terminal; plain text elsewhere.
package struct TextStyle: Equatable, Sendable {
  let isColored: Bool

  /// Without colours every style is the text itself.
  package init(isColored: Bool) { self.isColored = isColored }

  /// What a line begins with.
  package func bold(_ text: String) -> String { styled(text, "1") }
  /// What matters less.
  @Sendable package func dim(_ text: String) -> String { styled(text, "2") }
  /// What went wrong.
  @Sendable package func red(_ text: String) -> String { styled(text, "31") }
  /// What went well.
  package func green(_ text: String) -> String { styled(text, "32") }
  func yellow(_ text: String) -> String { styled(text, "33") }

  private func styled(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
