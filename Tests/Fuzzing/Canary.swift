import MissionCore

/// A secret that the inputs contain again and again and that no message may show.
enum Canary {
  static let text = "canary-secret"
  static let redactor = Redactor(secrets: [Secret(text)])

  /// What is shown to a person is cleaned: no secret, nothing that moves a cursor, no more than the limit.
  /// The marks around words of others are no part of what is shown.
  static func requireClean(_ marked: String, limit: Int? = nil) {
    let message = ForeignWords.plain(marked)
    require(!message.contains(text), "the secret is masked: \(message)")
    for scalar in message.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        require(false, "no U+\(String(scalar.value, radix: 16)) in \(message)")
      default: continue
      }
    }
    if let limit {
      require(message.unicodeScalars.count <= limit, "\(message.unicodeScalars.count) ≤ \(limit)")
    }
  }
}
