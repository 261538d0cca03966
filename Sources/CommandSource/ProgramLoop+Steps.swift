import ChildProcesses
import MissionCore
import Ports
import Threads

// What happens by itself: ends are seen, times are over.
extension ProgramLoop {
  /// Does what is due, of everything.
  func step(_ now: Moment) {
    guard let due, due <= now else { return }
    self.due = nil
    for (token, sweep) in sweeps {
      var sweep = sweep
      if sweep.next <= now {
        switch sweep.ender.step(table, now: now) {
        case .going: sweep.next = now + ProgramEnder.pace
        case .gone:
          end(sweep, token, true)
          continue
        case .stuck:
          end(sweep, token, false)
          continue
        }
        sweeps[token] = sweep
      }
      wake(at: sweep.next)
    }
    for attempt in attempts.values { step(attempt, now) }
  }

  /// Something is to be done by itself then.
  func wake(at moment: Moment?) {
    guard let moment else { return }
    due = due.map { min($0, moment) } ?? moment
  }

  /// How long nothing is to be done by itself, in milliseconds; -1 for ever.
  var millisecondsUntilDue: Int32 {
    guard let due else { return -1 }
    let wait = due - .now
    // Rounded up, so that it is time when it wakes.
    return wait <= .zero ? 0 : Int32(clamping: Int64(wait / .milliseconds(1)) + 1)
  }

  private func end(_ sweep: Sweep, _ token: String, _ isGone: Bool) {
    sweeps[token] = nil
    for reply in sweep.replies { reply(isGone) }
  }

  /// The program itself has ended.
  func seeEnd(of attempt: Attempt, _ now: Moment) {
    // Whatever of it lives on has become our child; without any there is nothing to look for.
    let isLast = orphans.areThere() == false
    // The system tells when it began as long as nobody has taken the news of its end.
    let ender = isLast ? nil : ender(of: attempt, patience: attempt.patience)
    guard attempt.takeEnd() else { return }
    if let ender { attempt.phase = .leaving(ender, next: now) } else { settle(attempt, isGone: true) }
  }

  func step(_ attempt: Attempt, _ now: Moment) {
    if attempt.isAlive { breakOff(attempt, now) }
    switch attempt.phase {
    case .ending(let killAt) where now >= killAt:
      var ender = ender(of: attempt, patience: .zero)
      _ = ender.step(table, now: now)
      attempt.phase = .ending(killAt: now + ProgramEnder.pace)
    case .leaving(var ender, let next) where now >= next:
      let progress = orphans.areThere() == false ? .gone : ender.step(table, now: now)
      if progress == .going {
        attempt.phase = .leaving(ender, next: now + ProgramEnder.pace)
      } else {
        settle(attempt, isGone: progress == .gone)
      }
    default: break
    }
    answer(attempt, now)
    wake(at: attempt.due)
  }

  private func ender(of attempt: Attempt, patience: Duration) -> ProgramEnder {
    ProgramEnder(
      markers: [CommandSettings.mark(attempt.start.token)], program: attempt.process.id,
      startedAfter: table.startTime(of: attempt.process.id) ?? 0, patience: patience)
  }

  /// A result that is too large, or that our disk does not take, ends its program.
  private func breakOff(_ attempt: Attempt, _ now: Moment) {
    guard attempt.broken == nil, let breaking = attempt.intake?.breaking else { return }
    attempt.broken = breaking
    attempt.beginEnding(within: Self.patienceWhenStopping, now: now)
  }

  /// Nothing of the program runs any more.
  private func settle(_ attempt: Attempt, isGone: Bool) {
    attempt.closeOutputs()
    let said = attempt.tail.lastLine().map {
      UntrustedText.foreign(bytes: $0, limit: 300, masking: settings.redactor)
    }
    let broken = attempt.broken ?? attempt.intake?.breaking
    let verdict = ProgramVerdict(
      attempt.end ?? .unknown, broken: broken, exits: settings.exits,
      said: said.flatMap { ForeignWords.plain($0).isEmpty ? nil : $0 })
    attempt.phase = .settled(verdict)
    let tail = Array(attempt.tail.end())
    if !tail.isEmpty {
      let (mission, number) = (attempt.start.mission, attempt.start.attempt)
      hands.run { [work, redactor = settings.redactor] in
        work.keep(redactor.mask(String(decoding: tail, as: UTF8.self)), of: mission, attempt: number)
      }
    }
    guard !attempt.cancels.isEmpty else { return }
    for reply in attempt.cancels { reply(isGone) }
    attempt.cancels = []
    forget(attempt)
    attempt.look?.reply(.success(.cancelled(message: "the program was ended on request")))
    attempt.look = nil
  }

  func forget(_ attempt: Attempt) {
    if case .settled = attempt.phase { attempt.intake?.discard() }
    drop(attempt)
  }

  // MARK: Looks

  private func answer(_ attempt: Attempt, _ now: Moment) {
    guard let look = attempt.look else { return }
    switch attempt.phase {
    case .settled(let verdict):
      attempt.look = nil
      reply(verdict, of: attempt, look.reply)
    case .handing: break
    case .running, .ending, .leaving:
      if now >= look.until { answerWaiting(attempt) }
    }
  }

  func answerWaiting(_ attempt: Attempt) {
    attempt.look?.reply(.success(.waiting(status: "running", isKnown: true)))
    attempt.look = nil
  }

  private func reply(_ verdict: ProgramVerdict, of attempt: Attempt, _ reply: @escaping Attempt.LookReply) {
    switch verdict {
    case .look(let look):
      forget(attempt)
      reply(.success(look))
    case .failure(let failure):
      forget(attempt)
      reply(.failure(failure))
    case .result, .empty:
      attempt.phase = .handing
      drop(attempt)
      let result = ProgramResult(
        settings: settings, start: attempt.start, folder: attempt.folder, spool: attempt.spool,
        intake: verdict == .empty ? nil : attempt.intake, isEmpty: verdict == .empty)
      hands.run { result.hand(over: reply) }
    }
  }
}
