import MissionCore
import Threads

/// What carries effects out in the real world (or a test's). Called on the run's thread only; must not
/// block. Answers come back through the mailbox, from any thread.
package protocol EffectHandler: AnyObject {
  func perform(_ effect: Effect)
}

/// The run's clocks, injected.
package struct RunClock: Sendable {
  /// What timers and deadlines use.
  package let monotonic: @Sendable () -> Moment
  /// Wall time; what is stamped and signed.
  package let wall: @Sendable () -> Timestamp

  package init(monotonic: @escaping @Sendable () -> Moment, wall: @escaping @Sendable () -> Timestamp) {
    self.monotonic = monotonic
    self.wall = wall
  }
}

/// The thin loop: takes what has happened, asks the scheduler, has it carried out.
package final class Runner {
  private let scheduler: Scheduler
  private let mailbox: Queue<SchedulerEvent>
  private let handler: any EffectHandler
  private let clock: RunClock
  private var timers = TimerQueue<Duration, TimerKey>()

  package init(
    scheduler: Scheduler, mailbox: Queue<SchedulerEvent>, handler: any EffectHandler, clock: RunClock
  ) {
    self.scheduler = scheduler
    self.mailbox = mailbox
    self.handler = handler
    self.clock = clock
  }

  /// Works until the scheduler has finished.
  /// - Parameters:
  ///   - interval: how often `tick` is called while nothing happens.
  ///   - wait: waits until something is in the mailbox, at most until a moment, and takes it all; nil: by sleeping. What
  ///     brings the answers can be done there.
  ///   - tick: sees the scheduler after each turn that is at least `interval` after the last (progress, reports).
  package func run(
    every interval: Duration, waitingBy wait: ((Moment) -> [SchedulerEvent])? = nil,
    tick: (Scheduler) -> Void
  ) -> RunOutcome {
    let wait = wait ?? mailbox.takeAll(until:)
    let began = clock.monotonic()
    var nextTick: Duration = .zero
    var events: [SchedulerEvent] = []
    while true {
      let now = clock.monotonic() - began
      while let key = timers.popDue(now) { events.append(.timerFired(key)) }
      if let outcome = perform(scheduler.turn(events, now: now, wall: clock.wall())) { return outcome }
      if now >= nextTick {
        tick(scheduler)
        nextTick = now + interval
      }
      let wake = min(timers.next ?? nextTick, nextTick)
      events = wait(began + wake)
    }
  }

  /// In one piece, so that every part gets all that this turn has for it at once. The run's outcome when it has finished.
  private func perform(_ effects: [Effect]) -> RunOutcome? {
    var finished: RunOutcome?
    WakeGroup.together {
      for effect in effects {
        switch effect {
        case .setTimer(let key, let at): timers.set(key, at: at)
        case .finish(let outcome):
          finished = outcome
          return
        default: handler.perform(effect)
        }
      }
    }
    return finished
  }
}
