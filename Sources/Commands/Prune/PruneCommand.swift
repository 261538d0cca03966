import Configuration
import JSONStream
import Journal
import MissionCore
import Runs

/// `prune`: removes missions that are not queued or running from the journal, with their events.
enum PruneCommand {
  static func execute(_ options: PruneOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let configuration = try context.configuration()
    let path = configuration.journal.path
    let retention = configuration.retention
    guard !options.followsRetention || retention.missions != nil || retention.events != nil else {
      throw CommandFailure(
        .usage,
        "prune needs ids, a choice by options as --done or --older-than, or retention: in the configuration")
    }
    guard let reader = try JournalAccess.reader(path) else {
      if !options.missions.isEmpty { throw MissionLookup.unknown(options.missions) }
      return show(PruneAmount(), [], context)
    }
    var outcome = ChangeOutcome()
    var plan = try plan(options, retention, reader, context.now(), &outcome)
    try plan.spareNamed(configuration, reader, now: context.now())
    if !options.missions.isEmpty { try plan.refuseNamed(reader, &outcome) }
    var amount = try plan.amount(reader)
    if !amount.isNothing {
      let confirmation = Confirmation(context: context, isConfirmed: options.isConfirmed)
      let announcement = [context.keeping.pruneWill(text(amount, context))]
      guard try confirmation.ask(announcement + staying(plan, options, context)) else {
        return .missionsFailed
      }
      amount = try JournalAccess.failing { () throws(JournalError) in
        let journal = try Journal.open(path: path, busy: configuration.execution.timeouts.busy)
        defer { journal.close() }
        // What goes now was still there for the last run.
        ReportPlaces.finishKilledRun(journalPath: path, context.ofRuns)
        // A run may have finished since the question: what is told is what goes.
        let amount = try plan.amount(of: reader)
        let named = plan.named
        if let choice = plan.choice {
          _ = try journal.prune(choice, except: { named.contains(Int($0)) }, at: context.now())
        }
        if let before = plan.eventsBefore { _ = try journal.pruneEvents(before: before) }
        return amount
      }
    }
    if amount.isNothing, context.common.output != .json {
      for line in staying(plan, options, context) { context.print(line + "\n") }
    }
    return show(amount, outcome.refused, context, named: plan.named.count)
  }

  /// What stays because mission files or windows name it; of named missions each is told by itself.
  private static func staying(
    _ plan: PrunePlan, _ options: PruneOptions, _ context: CommandContext
  ) -> [String] {
    let count = plan.named.count
    return count == 0 || !options.missions.isEmpty ? [] : [context.keeping.stillNamed(count)]
  }

  /// What is to go; named missions that must stay are noted in `outcome`.
  private static func plan(
    _ options: PruneOptions, _ retention: Configuration.Retention, _ reader: JournalReader, _ now: Timestamp,
    _ outcome: inout ChangeOutcome
  ) throws(CommandFailure) -> PrunePlan {
    if options.followsRetention {
      let choice = RetentionChoice(retention, now: now)
      return PrunePlan(choice: choice.missions, eventsBefore: choice.eventsBefore)
    }
    var ids: [MissionID] = []
    for mission in try MissionLookup.missions(options.missions, reader) {
      if mission.status == .queued || mission.status == .running {
        outcome.refused.append(
          (mission.id, "is \(mission.status.word): cancel it first, or let a run finish it"))
      } else {
        ids.append(mission.id)
      }
    }
    if options.missions.isEmpty { return PrunePlan(choice: options.choice(now: now)) }
    return ids.isEmpty ? PrunePlan() : PrunePlan(choice: PruneChoice(ids: ids))
  }

  private static func text(_ amount: PruneAmount, _ context: CommandContext) -> String {
    context.keeping.amount(context.answers.missions(amount.missions), amount.events)
  }

  private static func show(
    _ amount: PruneAmount, _ refused: [(id: MissionID, reason: Message)], _ context: CommandContext,
    named: Int = 0
  ) -> ExitCode {
    if context.common.output == .json {
      context.print(json(amount, refused, named: named))
    } else {
      context.print(context.keeping.removed(text(amount, context)) + "\n")
      for (id, reason) in refused { context.print("\(id) \(context.translated(reason))\n") }
    }
    return refused.isEmpty ? .success : .missionsFailed
  }

  private static func json(
    _ amount: PruneAmount, _ refused: [(id: MissionID, reason: Message)], named: Int
  ) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("removed")
    json.beginObject()
    json.key("missions")
    json.value(amount.missions)
    json.key("events")
    json.value(amount.events)
    json.endObject()
    json.key("named")
    json.value(named)
    json.key("refused")
    json.beginArray()
    for (id, reason) in refused {
      json.beginObject()
      json.key("id")
      json.value(id.description)
      json.key("reason")
      json.value(reason.plain)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.text + "\n"
  }
}

/// What `prune` removes.
private struct PrunePlan {
  /// Nil: no missions.
  var choice: PruneChoice?
  /// Nil: only the events of missions that go.
  var eventsBefore: Timestamp?
  /// Of the missions of `choice` those that stay, by their numbers, and the events that stay with them.
  var named = PositionSet()
  var namedEvents = 0

  /// Looks for what mission files and windows name now.
  mutating func spareNamed(
    _ configuration: Configuration, _ reader: JournalReader, now: Timestamp
  ) throws(CommandFailure) {
    guard let choice else { return }
    let found = try NamedMissions(
      among: choice, eventsBefore: eventsBefore, configuration, reader, now: now)
    named = found.numbers
    namedEvents = found.events - found.oldEvents
  }

  /// Tells of each mission that was asked for by its id and stays.
  func refuseNamed(_ reader: JournalReader, _ outcome: inout ChangeOutcome) throws(CommandFailure) {
    guard let choice, named.count > 0 else { return }
    for id in choice.ids {
      let found = try JournalAccess.failing { () throws(JournalError) in
        try reader.prunable(choice, among: [id])
      }
      if let mission = found.first, named.contains(Int(mission.number)) {
        outcome.refused.append(
          (id, "is named by the mission files or windows: take it out of them first"))
      }
    }
  }

  func amount(_ reader: JournalReader) throws(CommandFailure) -> PruneAmount {
    try JournalAccess.failing { () throws(JournalError) in try amount(of: reader) }
  }

  func amount(of reader: JournalReader) throws(JournalError) -> PruneAmount {
    var amount = PruneAmount()
    if let choice {
      (amount.missions, amount.events) = try reader.prunable(choice)
      amount.missions -= named.count
      amount.events -= namedEvents
    }
    if let eventsBefore {
      amount.events += try reader.prunableEvents(before: eventsBefore, besides: choice)
    }
    return amount
  }
}

/// How much that is.
private struct PruneAmount {
  var missions = 0
  /// Of these missions, and old ones of missions that stay.
  var events = 0

  var isNothing: Bool { missions == 0 && events == 0 }
}
