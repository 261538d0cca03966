import KeyTable
import MissionCore

/// Which placeholders have a value at one place of the configuration, and why others have none there yet.
package struct PlaceholderNames: Sendable {
  /// What every mission of every source has.
  package static let ofMissions = [
    "date_start", "date_end", "source", "mission_id", "run_id", "attempt", "media_type", "languages",
    "idempotency_key", "slot",
  ]

  private let known: [String]
  private let later: [String: Message]

  /// - Parameter later: names that get their value only afterwards, each with when: `comes with the answer of start`.
  package init(known: [String], later: [String: Message] = [:]) {
    self.known = known
    self.later = later
  }

  /// Whether a value stands behind the name at this place.
  package func knows(_ name: String) -> Bool { known.contains(name) }

  /// What is wrong with a placeholder; nil when it has a value.
  package func fault(of name: String) -> Message? {
    if known.contains(name) { return nil }
    if let when = later[name] { return "has no value for {\(name)} here, which \(when)" }
    if known.isEmpty { return "must have no placeholder, got {\(name)}" }
    if let near = Suggestion.nearest(to: name, among: known) {
      return "has an unknown placeholder {\(name)}, did you mean {\(near)}?"
    }
    let names = known.map { "{\($0)}" }.joined(separator: ", ")
    return "has an unknown placeholder {\(name)}; known here: \(names)"
  }
}

extension ConfigurationReader {
  /// Tells of each placeholder of a text that has no value where it stands.
  package mutating func check(_ written: Written<Template>, _ names: PlaceholderNames) {
    var told: Set<String> = []
    for name in written.value.names where told.insert(name).inserted {
      if let fault = names.fault(of: name) { report(written.mark, "\(written.path) \(fault)") }
    }
  }
}
