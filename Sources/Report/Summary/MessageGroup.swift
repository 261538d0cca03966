import MissionCore

/// Messages that say the same of different missions: they differ in ids, in the mission's own days and in the worker's
/// and the proxy's name alone.
struct MessageGroup {
  /// Without these.
  let key: Message
  private let first: Message
  private(set) var count = 1
  private var varies = false

  init(_ message: Message, of mission: MissionRecord) {
    first = message
    key = Self.key(message, of: mission)
  }

  mutating func add(_ message: Message) {
    count += 1
    varies = varies || message != first
  }

  /// As it was said, as long as it was said of one, or always the same.
  var text: Message { varies ? key : first }

  static func key(_ message: Message, of mission: MissionRecord) -> Message {
    let days = [mission.parameters.dateStart.description, mission.parameters.dateEnd.description]
    let names = [mission.id.description, mission.jobID, mission.worker, mission.proxy, mission.runID] + days
    let told = names.compactMap { $0 }.filter { $0.utf8.count >= shortestName }
    let shortened = { (text: String) in told.reduce(text) { $0.replacing($1, with: "…") } }
    return message.mapped(ours: shortened, foreign: shortened)
  }

  /// A shorter one may stand in words that mean something else.
  private static let shortestName = 3
}
