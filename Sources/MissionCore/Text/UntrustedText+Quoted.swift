extension UntrustedText {
  /// Text of the user's between quotes, fit to be shown.
  package static func quoted(_ text: String) -> String {
    UnseenCharacters.told(text, as: "\"\(clean(text, limit: 80))\"")
  }
}
