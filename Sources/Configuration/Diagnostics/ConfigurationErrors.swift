import MissionCore

/// Everything that is wrong with a configuration, in the order of the file.
public struct ConfigurationErrors: ExitingError {
  /// Diagnostics shown at the most: a file of another kind would fill the screen.
  public static let mostShown = 50

  public let path: String
  /// Whether the file does not exist (exit code 66); else it is wrong or unreadable (78).
  public let isMissing: Bool
  public let diagnostics: [Diagnostic]
  /// The language that the file asks for, as far as that could be read.
  public let locale: Configuration.Locale?

  init(
    path: String, isMissing: Bool, diagnostics: [Diagnostic], locale: Configuration.Locale? = nil
  ) {
    self.path = path
    self.locale = locale
    self.isMissing = isMissing
    let ordered = diagnostics.enumerated().sorted { left, right in
      guard let first = left.element.mark, let second = right.element.mark, first != second else {
        // Those without a place come last; else the order in which they were found.
        if (left.element.mark == nil) != (right.element.mark == nil) { return right.element.mark == nil }
        return left.offset < right.offset
      }
      return first < second
    }
    self.diagnostics = ordered.map(\.element)
  }

  public var exitCode: ExitCode { isMissing ? .notFound : .configuration }
  public var isListing: Bool { true }

  /// `config.yaml:12:5: …` with the line and a caret, for each.
  public var message: Message {
    var lines = diagnostics.prefix(Self.mostShown).flatMap { diagnostic -> [Message] in
      let place = diagnostic.mark.map { "\(path):\($0.line):\($0.column)" } ?? path
      return ["\(place): \(diagnostic.message)"] + diagnostic.listing.map { "\($0)" }
    }
    if diagnostics.count > Self.mostShown {
      lines.append("\(path): and \(diagnostics.count - Self.mostShown) more errors")
    }
    return lines.joined(by: "\n")
  }
}
