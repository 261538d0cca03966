import Configuration
import Journal
import MissionCore
import MissionFiles
import Schedules

/// What `--due` has to do now: the slots that are due, from the schedules and what the journal remembers of them, and
/// whether missions of earlier slots are unfinished.
package struct DueChoice {
  /// A schedule with slots that are due.
  package struct Made {
    package let schedule: Schedule
    /// At least one.
    package let slots: [Slot]
    /// Of the configuration.
    let line: Int

    /// The missions that its slots make.
    package var missions: Int { slots.count * schedule.missionsPerSlot }

    var listing: ImportListing {
      var listing = ImportListing()
      listing.schedule = schedule.name
      return listing
    }

    /// Slot by slot.
    func deliver(_ sources: MissionSources, to deliver: ([MissionRow]) throws -> Void) rethrows {
      let rows = MadeRows(line: line, priority: schedule.priority, source: schedule.source, in: sources)
      for slot in slots { try rows.deliver(schedule.missions(of: slot.label), to: deliver) }
    }

    fileprivate var told: MadeSlots? {
      guard let first = slots.first, let last = slots.last else { return nil }
      return MadeSlots(
        slots: slots.count, missions: missions, first: "\(first.label)", last: "\(last.label)")
    }
  }

  /// In the order of the configuration.
  package private(set) var made: [Made] = []
  /// What the journal is to remember from now on.
  private(set) var notes: [ScheduleNote] = []
  private var hasUnfinished = false
  /// Schedules whose slots were seen at a moment that is still to come.
  private var ahead: [String] = []
  private let schedules: [Schedule]

  /// - Parameters:
  ///   - rule: of the run.
  ///   - reader: nil when there is no journal yet.
  package init(
    _ configuration: Configuration, _ rule: SelectionRule, _ reader: JournalReader?, now: Timestamp
  ) throws(JournalError) {
    let entries = configuration.schedules.filter { entry in
      rule.filter.sources.isEmpty || rule.filter.sources.contains(entry.schedule.source)
    }
    schedules = entries.map(\.schedule)
    let seen = try reader?.schedulesSeen() ?? [:]
    for (schedule, line) in entries {
      let due = DueSlots(schedule, seen: seen[schedule.name], now: now)
      guard let seenAt = due.seenAt else { continue }
      var one: Made?
      if !due.slots.isEmpty { one = Made(schedule: schedule, slots: due.slots, line: line) }
      if let one { made.append(one) }
      if due.isClockBehind { ahead.append(schedule.name) }
      notes.append(ScheduleNote(name: schedule.name, seenAt: seenAt, made: one?.told))
    }
    hasUnfinished = try reader?.hasMissionsOfSchedules(rule) ?? false
  }

  /// A run has missions to make or to finish.
  var hasWork: Bool { hasUnfinished || !made.isEmpty }

  /// The next slots of all schedules that are not paused, the earliest first.
  package func next(after now: Timestamp, ofEach count: Int) -> [(schedule: Schedule, slot: Slot)] {
    schedules.filter(\.isActive).flatMap { schedule in
      schedule.next(after: now, count: count).map { (schedule: schedule, slot: $0) }
    }.sorted { ($0.slot.moment, $0.schedule.name) < ($1.slot.moment, $1.schedule.name) }
  }

  /// The names of those that are.
  package var paused: [String] { schedules.filter { !$0.isActive }.map(\.name) }

  func tellNext(_ log: any Log, after now: Timestamp) {
    guard let next = next(after: now, ofEach: 1).first else {
      return log.info("nothing is due, and no schedule is active")
    }
    let (name, slot) = (next.schedule.name, next.slot)
    log.info("nothing is due; next is \(name) \(slot.label), at \(slot.moment)")
  }

  func tellClock(_ log: any Log) {
    for name in ahead {
      log.warning(
        "the schedule \(name) was seen at a later time than the clock shows now: its slots count from now on")
    }
  }
}

extension DueChoice {
  /// Whether a run would find nothing to do and nothing to write down, which it tells then. Changes nothing, and takes no
  /// time whatever the number of missions.
  static func isIdle(
    _ configuration: Configuration, _ options: RunOptions, _ context: RunContext
  ) throws(CommandFailure) -> Bool {
    try require(configuration)
    let now = context.now()
    let rule = options.rule(only: [], schedules: configuration.activeSchedules)
    do throws(JournalError) {
      let choice = try DueChoice(
        configuration, rule, try JournalReader(path: configuration.journal.path), now: now)
      guard !choice.hasWork, choice.notes.isEmpty else { return false }
      choice.tellNext(context.log, after: now)
      return true
    } catch {
      switch error {
      // What it knows is found out once it is made, or migrated.
      case .missing, .olderVersion: return false
      default: throw CommandFailure(error)
      }
    }
  }

  /// - Throws: 64 when there are no schedules.
  package static func require(_ configuration: Configuration) throws(CommandFailure) {
    guard configuration.scheduleEntries.isEmpty else { return }
    throw CommandFailure(.usage, "--due needs schedules: in the configuration")
  }
}
