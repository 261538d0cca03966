import KeyTable
import MissionCore

/// `quality`: for all sources, and in one source's section for its own.
package struct QualitySection: ConfigurationSection {
  /// Nil: as the section for all says, and there as the contract does.
  package var onSuspicious: QualityPolicy.OnSuspicious?
  package var secondLookAfter: Duration?
  package init() {}

  package static let keys: [Key<Self>] = [
    Key(
      "on_suspicious", \.onSuspicious, Codec.choice.optional,
      "An empty or far too thin result is scraped once more (second_look, which it is when absent), only flagged, "
        + "failed until a person accepts it, or not compared at all"),
    Key(
      "second_look_after", \.secondLookAfter, Codec.duration(.seconds, zeroAllowed: true).optional,
      "The wait before the second look; none when absent"),
  ]

  /// What takes effect: what is not said here is as in `general`.
  package func policy(besides general: QualitySection) -> QualityPolicy {
    let standard = QualityPolicy()
    return QualityPolicy(
      onSuspicious ?? general.onSuspicious ?? standard.onSuspicious,
      secondLookAfter: secondLookAfter ?? general.secondLookAfter ?? standard.secondLookAfter)
  }
}
