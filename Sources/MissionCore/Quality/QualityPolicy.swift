/// What becomes of results that are not like those before them (TRUST 1).
package struct QualityPolicy: Hashable, Sendable {
  package enum OnSuspicious: String, CaseIterable, Sendable {
    /// Scraped once more, uncounted; the larger result counts.
    case secondLook = "second_look"
    /// Loaded and stored like any other, and flagged.
    case flag
    /// FAILED with its bytes kept, until a person has looked.
    case fail
    /// Nothing is compared.
    case off
  }

  package var onSuspicious = OnSuspicious.secondLook
  /// Before the second look. Nothing is held meanwhile.
  package var secondLookAfter: Duration = .zero

  package init() {}

  package init(_ onSuspicious: OnSuspicious, secondLookAfter: Duration = .zero) {
    self.onSuspicious = onSuspicious
    self.secondLookAfter = secondLookAfter
  }
}
