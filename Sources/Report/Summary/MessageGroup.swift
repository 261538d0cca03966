import MissionCore

/// Messages that say the same of different missions: they differ in ids, in the mission's own days and in the worker's
/// and the proxy's name alone.
struct MessageGroup {
  /// Without these.
  let key: String
  private let first: String
  private(set) var count = 1
  private var varies = false

  init(_ message: String, of mission: MissionRecord) {
    first = message
    key = Self.key(message, of: mission)
  }

  mutating func add(_ message: String) {
    count += 1
    varies = varies || message != first
  }

  /// As it was said, as long as it was said of one, or always the same.
  var text: String { varies ? key : first }

  static func key(_ message: String, of mission: MissionRecord) -> String {
    let days = [mission.parameters.dateStart.description, mission.parameters.dateEnd.description]
    let names = [mission.id.description, mission.jobID, mission.worker, mission.proxy, mission.runID] + days
    return names.reduce(message) { text, name in
      guard let name, name.utf8.count >= shortestName else { return text }
      return text.replacing(name, with: "…")
    }
  }

  /// A shorter one may stand in words that mean something else.
  private static let shortestName = 3
}
