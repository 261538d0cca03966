import KeyTable
import MissionCore

/// A kind of source: its section under `sources:` in config.yaml, and how it opens.
package protocol SourceSection: ConfigurationSection {
  /// The word of `kind:`.
  static var kind: String { get }
  /// Whether rows that name it must have a media type and languages.
  static var needsMedia: Bool { get }
  /// The keys of this kind alone.
  static var ownKeys: [Key<Self>] { get }
  /// The rule of its parameters' names: gives what is wrong with one.
  @Sendable static func parameterName(_ text: String) -> Message?

  /// What every kind has.
  var basics: SourceBasics { get set }
  /// Which of `workers:` it needs.
  var workersUsed: WorkersUsed { get }
  /// Names of placeholders whose values are arguments of a program by themselves.
  var arguments: Set<String> { get }
  /// Whether files may lie beside the objects of its missions, whatever it keeps now.
  var keepsFiles: Bool { get }
  /// How its missions are driven, as far as its own keys and what it is decide that; the keys of every kind come on top.
  var ownPolicy: SourcePolicy { get }

  /// Ends what still runs on this machine of starts whose run is gone, whichever source of this kind made them: it may
  /// not be configured any more. They are known by their tokens, as `MissionStart.token`; false when some of it does not
  /// end.
  static func endLeft(of tokens: Set<String>) -> Bool

  /// Opens the source that rows name so; nothing is sent, started or written yet.
  func open(_ name: String, _ opening: SourceOpening) throws(OpeningFailure) -> OpenedSource
}

/// Which of the configuration's workers a source needs.
package enum WorkersUsed: Hashable, Sendable {
  case none
  case every
  case named([String])
}

extension SourceSection {
  package static var needsMedia: Bool { false }
  @Sendable package static func parameterName(_ text: String) -> Message? { TextRule.parameterName(text) }
  package var workersUsed: WorkersUsed { .none }
  package var arguments: Set<String> { [] }
  package var keepsFiles: Bool { false }
  package static func endLeft(of tokens: Set<String>) -> Bool { true }
  package var ownPolicy: SourcePolicy { .withoutSessions }

  /// `kind`, the kind's own, and those of every kind.
  package static var keys: [Key<Self>] { [kindKey] + ownKeys + SourceBasics.keys(of: Self.self) }

  private static var kindKey: Key<Self> {
    Key(
      "kind", kind: .choice([kind]), required: true, KeyText.kind, read: { _, _, _, _ in },
      render: { _ in .text(kind) }, secrets: { _ in [] })
  }

  /// How its missions are driven.
  package var policy: SourcePolicy {
    var policy = ownPolicy
    policy.timeout = basics.timeout
    policy.maxRetries = basics.maxRetries
    if let delay = basics.retryDelay { policy.retryDelay = delay }
    policy.pace = basics.pace
    return policy
  }
}
