import Configuration
import Failpoints
import Journal
import MissionCore

// What the configuration wants done on the clock: schedules before the work, retention after it.
extension RunSession {
  /// What is due now that the journal is ours; nil when another run has taken it up meanwhile, or all is only to be
  /// written down.
  func due(_ state: RunState, at time: Timestamp) throws(CommandFailure) -> DueChoice? {
    do throws(JournalError) {
      let reader = try JournalReader(path: plan.journalPath)
      let choice = try DueChoice(plan.configuration, plan.rule(only: []), reader, now: time)
      choice.tellClock(context.log)
      if choice.hasWork { return choice }
      Failpoint.reach("schedules.first.before")
      if !choice.notes.isEmpty { try state.journal.note(choice.notes) }
      Failpoint.reach("schedules.first.after")
      choice.tellNext(context.log, after: time)
      return nil
    } catch { throw CommandFailure(error) }
  }

  /// `retention.prune: after_run`. The run and its report are over: what fails here is told and changes neither.
  func prune(_ journal: Journal) {
    let retention = plan.configuration.retention
    guard retention.prune == .afterRun else { return }
    let choice = RetentionChoice(retention, now: context.now())
    Failpoint.reach("run.prune.before")
    do throws(CommandFailure) {
      let reader = try JournalAccess.failing { () throws(JournalError) in
        try JournalReader(path: plan.journalPath)
      }
      let (missions, events) = try choice.prune(journal, reader, plan.configuration, at: context.now())
      if missions > 0 {
        context.log.info(
          missions == 1
            ? "retention removed 1 finished mission from the journal"
            : "retention removed \(missions) finished missions from the journal")
      }
      if events > 0 {
        context.log.info(
          events == 1
            ? "retention removed 1 event of a mission that stays"
            : "retention removed \(events) events of missions that stay")
      }
    } catch { context.log.warning("what retention says could not be removed: \(error.message)") }
    Failpoint.reach("run.prune.after")
  }
}
