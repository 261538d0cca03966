import Journal
import MissionCore

/// The failures of a run, put together by code: how many, on which days, through which proxies, on which workers.
///
/// Bounded whatever the run's size: what is beyond is counted, not kept.
struct FailureGroups {
  struct Group {
    let code: ErrorCode
    var count = 0
    /// The codes before exhausted retries replaced them.
    var causes: [ErrorCode: Int] = [:]
    /// Different messages, at most three, with how often each came.
    var messages: [(text: String, count: Int)] = []
    var otherMessages = 0
    var workers: [String: Int] = [:]
    var proxies: [String: Int] = [:]
    /// First days of the missions, each once, in order.
    var days: [CalendarDay] = []
    var moreDays = 0
    fileprivate var lastDay: CalendarDay?
  }

  static let mostDays = 60
  static let mostMessages = 3
  static let mostNames = 200

  private var groups: [ErrorCode: Group] = [:]

  /// The most frequent first.
  var sorted: [Group] {
    groups.values.sorted { ($1.count, $0.code.rawValue) < ($0.count, $1.code.rawValue) }
  }

  init(runID: String, _ reader: JournalReader) throws {
    var filter = MissionFilter()
    filter.runID = runID
    filter.statuses = [.failed]
    try reader.eachMission(filter) { mission in
      add(mission)
      return true
    }
  }

  private mutating func add(_ mission: MissionRecord) {
    guard let code = mission.errorCode else { return }
    var group = groups[code] ?? Group(code: code)
    group.count += 1
    if let cause = mission.errorCause { group.causes[cause, default: 0] += 1 }
    Self.count(mission.worker, in: &group.workers)
    Self.count(mission.proxy, in: &group.proxies)
    if group.lastDay != mission.parameters.dateStart {
      group.lastDay = mission.parameters.dateStart
      if group.days.count < Self.mostDays {
        group.days.append(mission.parameters.dateStart)
      } else {
        group.moreDays += 1
      }
    }
    Self.add(mission.errorMessage ?? "", to: &group)
    groups[code] = group
  }

  private static func count(_ name: String?, in names: inout [String: Int]) {
    guard let name, names[name] != nil || names.count < mostNames else { return }
    names[name, default: 0] += 1
  }

  private static func add(_ message: String, to group: inout Group) {
    guard !message.isEmpty else { return }
    if let index = group.messages.firstIndex(where: { $0.text == message }) {
      group.messages[index].count += 1
    } else if group.messages.count < mostMessages {
      group.messages.append((message, 1))
    } else {
      group.otherMessages += 1
    }
  }
}
