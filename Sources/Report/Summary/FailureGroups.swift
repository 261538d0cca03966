import MissionCore

/// The failures of a run, put together by code and cause: how many, on which days, through which proxies, on which
/// workers.
///
/// Bounded whatever the run's size: what is beyond is counted, not kept.
package struct FailureGroups: Sendable {
  /// The failures with one code for one cause.
  package struct Group: Sendable {
    package let code: ErrorCode
    /// The code before exhausted retries replaced it.
    package let cause: ErrorCode?
    package var count = 0
    /// Messages that differ in more than ids and names, at most three, with how often each came.
    package var messages: [(text: Message, count: Int)] { told.map { ($0.text, $0.count) } }
    fileprivate var told: [MessageGroup] = []
    /// Messages beside those, which are only counted.
    package var otherMessages = 0
    /// How often each name was the last attempt's, of the first 200 names.
    package var workers: [String: Int] = [:]
    package var proxies: [String: Int] = [:]
    /// The first in run order.
    package var example: MissionRecord
    fileprivate var allDays: Set<CalendarDay> = []

    /// First days of the missions, each once, in order.
    package var days: [CalendarDay] { Array(allDays.sorted().prefix(FailureGroups.mostDays)) }
    /// Days beside those, which are only counted.
    package var moreDays: Int { max(0, allDays.count - FailureGroups.mostDays) }
  }

  static let mostDays = 60
  static let mostMessages = 3
  static let mostNames = 200
  /// Days that are told apart: twenty years of them.
  private static let mostCountedDays = 7320

  private struct Key: Hashable {
    let code: ErrorCode
    let cause: ErrorCode?
  }

  private var groups: [Key: Group] = [:]

  package init() {}

  /// The most frequent first.
  package var sorted: [Group] {
    groups.values.sorted {
      ($1.count, $0.code.rawValue, $0.cause?.rawValue ?? "")
        < ($0.count, $1.code.rawValue, $1.cause?.rawValue ?? "")
    }
  }

  /// As the summary tells them.
  var summaries: [RunSummary.Failures] {
    sorted.map { group in
      RunSummary.Failures(
        code: group.code, count: group.count, example: group.example.id, cause: group.cause,
        message: group.example.errorMessage ?? "",
        messages: group.messages.map { RunSummary.Told(text: $0.text, count: $0.count) })
    }
  }

  /// Counts a mission that failed.
  package mutating func add(_ mission: MissionRecord) {
    guard let code = mission.errorCode else { return }
    // Taken out, so that it is changed in place and not copied.
    let key = Key(code: code, cause: mission.errorCause)
    var group = groups.removeValue(forKey: key) ?? Group(code: code, cause: key.cause, example: mission)
    group.count += 1
    if Self.isBefore(mission, group.example) { group.example = mission }
    Self.count(mission.worker, in: &group.workers)
    Self.count(mission.proxy, in: &group.proxies)
    if group.allDays.count < Self.mostCountedDays { group.allDays.insert(mission.parameters.dateStart) }
    Self.add(mission, to: &group)
    groups[key] = group
  }

  /// In run order.
  static func isBefore(_ left: MissionRecord, _ right: MissionRecord) -> Bool {
    (-left.priority, left.parameters.dateStart, left.id)
      < (-right.priority, right.parameters.dateStart, right.id)
  }

  private static func count(_ name: String?, in names: inout [String: Int]) {
    guard let name, names[name] != nil || names.count < mostNames else { return }
    names[name, default: 0] += 1
  }

  private static func add(_ mission: MissionRecord, to group: inout Group) {
    guard let message = mission.errorMessage, !message.isEmpty else { return }
    let new = MessageGroup(message, of: mission)
    if let index = group.told.firstIndex(where: { $0.key == new.key }) {
      group.told[index].add(message)
    } else if group.told.count < mostMessages {
      group.told.append(new)
    } else {
      group.otherMessages += 1
    }
  }
}
