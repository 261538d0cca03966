import JSONStream
import MissionCore
import Report
import Runs
import Schedules
import Terminal

/// What `plan --due` tells of schedules: the slots that are due, and those that come next.
struct PlannedSlots {
  private let due: [(schedule: Schedule, slot: Slot)]
  private let next: [(schedule: Schedule, slot: Slot)]
  private let paused: [String]

  /// Of each schedule.
  private static let told = 3
  /// Slots that are due and that the text shows; the JSON has all.
  private static let mostDue = 50

  init(_ choice: DueChoice, after now: Timestamp) {
    due = choice.made.flatMap { made in made.slots.map { (schedule: made.schedule, slot: $0) } }
    next = choice.next(after: now, ofEach: Self.told)
    paused = choice.paused
  }

  /// Members of the plan's object.
  func write(to json: inout JSONWriter) {
    json.add(["due": due.map(Self.members), "next": next.map(Self.members), "paused": paused])
  }

  private static func members(_ one: (schedule: Schedule, slot: Slot)) -> JSONMembers {
    [
      "schedule": one.schedule.name, "slot": "\(one.slot.label)", "at": "\(one.slot.moment)",
      "time_zone": one.schedule.zone.name, "source": one.schedule.source,
      "missions": one.schedule.missionsPerSlot,
    ]
  }

  func lines(_ phrases: Phrases, _ answers: AnswerPhrases, _ words: ChoosingPhrases) -> [String] {
    var lines = [""]
    if due.isEmpty {
      lines.append(words.nothingDue)
    } else {
      lines += [words.dueSlots] + table(due.prefix(Self.mostDue), phrases, answers)
      if due.count > Self.mostDue { lines.append("  " + phrases.andMore(due.count - Self.mostDue)) }
    }
    guard !next.isEmpty || !paused.isEmpty else { return lines }
    lines += ["", words.nextSlots] + table(next[...], phrases, answers)
    return lines + paused.map { "  \($0)  \(words.paused)" }
  }

  private func table(
    _ slots: ArraySlice<(schedule: Schedule, slot: Slot)>, _ phrases: Phrases, _ answers: AnswerPhrases
  ) -> [String] {
    var table = TextTable([.left, .left, .left, .left, .left])
    for (schedule, slot) in slots {
      table.add([
        schedule.name, "\(slot.label) \(schedule.zone.name)", phrases.numbers.moment(slot.moment),
        answers.missions(schedule.missionsPerSlot), schedule.source,
      ])
    }
    return table.lines(indent: 2)
  }
}
