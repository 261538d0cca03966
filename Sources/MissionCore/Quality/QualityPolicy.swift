/// What becomes of results that are not like those before them (TRUST 1).
public struct QualityPolicy: Hashable, Sendable {
  /// What happens to a suspicious result, in the words of the file.
  public enum OnSuspicious: String, CaseIterable, Sendable {
    /// Scraped once more, uncounted; the larger result counts.
    case secondLook = "second_look"
    /// Loaded and stored like any other, and flagged.
    case flag
    /// FAILED with its bytes kept, until a person has looked.
    case fail
    /// Nothing is compared.
    case off
  }

  public var onSuspicious = OnSuspicious.secondLook
  /// Before the second look. Nothing is held meanwhile.
  public var secondLookAfter: Duration = .zero

  public init() {}

  public init(_ onSuspicious: OnSuspicious, secondLookAfter: Duration = .zero) {
    self.onSuspicious = onSuspicious
    self.secondLookAfter = secondLookAfter
  }
}
