import KeyTable
import MissionCore

/// What a section under `sources:` says whatever its kind is.
package struct SourceBasics: Sendable {
  /// The further columns of its rows.
  package var parameters: [Named<ParameterSection>] = []
  /// Missions of it at once; nil: as many as its kind says.
  package var capacity: Int?
  /// Of one attempt; nil: `execution.timeout_job`.
  package var timeout: Duration?
  /// Nil: `execution.max_retries`.
  package var maxRetries: Int?
  /// Before each counted retry; nil: as long as its kind says.
  package var retryDelay: Duration?
  /// How often its missions may be started.
  package var pace: Pace?
  /// A listed mission that is DONE for longer is run again; nil never.
  package var refreshAfter: RefreshAfter?
  /// What becomes of its results that are not like those before them, where it says so itself.
  package var quality = QualitySection()
  /// Where its records go in the destination.
  package var table = TableName.ads
  /// Leads from a record to its id.
  package var id = RecordTable.ads.id
  /// What keys of its objects begin with; nil: as the store's section says.
  package var prefix: String?

  package init() {}

  /// The keys, as keys of a section that has them.
  package static func keys<Section: SourceSection>(of section: Section.Type) -> [Key<Section>] {
    [
      Key(
        "parameters", \.basics.parameters, .map(of: .parameter, name: Section.parameterName),
        "Further columns of its mission files: text, integer, date or a list of allowed words"),
      Key(
        "capacity", \.basics.capacity, Codec.integer(1...10_000).optional,
        "Missions of it at once; for workers as many as they have room for, else 1 when absent"),
      Key(
        "timeout", \.basics.timeout, Codec.duration(.minutes).optional,
        "How long one attempt may take; execution.timeout_job when absent"),
      Key(
        "max_retries", \.basics.maxRetries, Codec.integer(0...20).optional,
        "Retries of a mission at the most; execution.max_retries when absent"),
      Key(
        "retry_delay", \.basics.retryDelay, Codec.duration(.seconds, zeroAllowed: true).optional,
        "The wait before each retry; none for workers, else 1s when absent"),
      Key(
        "pace", \.basics.pace, Codec.pace.optional,
        "Starts at the most in a span of time, like 20/1h; as many as there is room for when absent"),
      Key(
        "refresh_after", \.basics.refreshAfter, Codec.refreshAfter.optional,
        "A listed mission that is DONE for longer is run again; in days it counts calendar days"),
      Key(
        "quality", \.basics.quality, .section,
        "What becomes of results that are not like those before them; as the section quality says when absent"
      ),
      Key(
        "table", \.basics.table, .recordTable,
        "The table of the destination that its records go to; made when absent"),
      Key("id", \.basics.id, .recordID, "A JSON Pointer from a record to its id"),
      Key(
        "prefix", \.basics.prefix, Codec.text(TextRule.prefix, emptyIsValue: true).optional,
        "What keys of its objects begin with; the store's prefix when absent"),
    ]
  }
}
