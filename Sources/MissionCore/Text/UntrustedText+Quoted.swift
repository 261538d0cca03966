extension UntrustedText {
  /// Text of the user's between quotes, fit to be shown.
  public static func quoted(_ text: String) -> Message {
    UnseenCharacters.told(text, as: "\"\(clean(text, limit: 80))\"")
  }
}
