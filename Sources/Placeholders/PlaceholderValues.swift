import MissionCore

/// The values of placeholders for one start of a mission, by name.
package struct PlaceholderValues: Sendable {
  private var values: [String: PlaceholderValue] = [:]

  /// None but those that are set.
  package init() {}

  /// What every kind of source gives its texts (SOURCES 1).
  ///
  /// - Parameters:
  ///   - attempt: counts the mission's starts over its whole life, from 1.
  ///   - idempotencyKey: that of the journaled intent.
  ///   - declared: the parameters of the source; those that the mission does not have are empty.
  package init(
    mission: MissionID, parameters: MissionParameters, attempt: Int, runID: String, idempotencyKey: String,
    declared: [String]
  ) {
    for name in declared + ["slot"] { values[name] = .text("") }
    for entry in parameters.values.entries { values[entry.name] = PlaceholderValue(entry.value) }
    values["date_start"] = .text("\(parameters.dateStart)")
    values["date_end"] = .text("\(parameters.dateEnd)")
    values["source"] = .text(parameters.source)
    values["media_type"] = .text(parameters.mediaTypeText)
    values["languages"] = .list(parameters.languages)
    values["mission_id"] = .text("\(mission)")
    values["run_id"] = .text(runID)
    values["attempt"] = .integer(Int64(attempt))
    values["idempotency_key"] = .text(idempotencyKey)
  }

  /// Nil for a name that has no value at this point.
  package subscript(name: String) -> PlaceholderValue? {
    get { values[name] }
    set { values[name] = newValue }
  }
}
