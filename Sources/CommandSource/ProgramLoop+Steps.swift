import ChildProcesses
import Glibc
import MissionCore
import Ports
import Threads

// What happens by itself: outputs are read, ends are seen, times are over.
extension ProgramLoop {
  func step(_ now: Moment) {
    for (token, sweep) in sweeps where sweep.next <= now {
      var sweep = sweep
      switch sweep.ender.step(table, now: now) {
      case .going:
        sweep.next = now + ProgramEnder.pace
        sweeps[token] = sweep
      case .gone: end(sweep, token, true)
      case .stuck: end(sweep, token, false)
      }
    }
    for attempt in attempts.values { step(attempt, now) }
  }

  private func end(_ sweep: Sweep, _ token: String, _ isGone: Bool) {
    sweeps[token] = nil
    for reply in sweep.replies { reply(isGone) }
  }

  private func step(_ attempt: Attempt, _ now: Moment) {
    if attempt.isAlive {
      attempt.readOutputs()
      breakOff(attempt, now)
      if attempt.end == nil, let end = attempt.process.end() {
        attempt.end = end
        attempt.phase = .leaving(ender(of: attempt), next: now)
      }
    }
    switch attempt.phase {
    case .ending(let killAt) where now >= killAt:
      var ender = ProgramEnder(
        markers: [CommandSettings.mark(attempt.start.token)], program: attempt.process.id,
        startedAfter: attempt.startTime, patience: .zero)
      _ = ender.step(table, now: now)
      attempt.phase = .ending(killAt: now + ProgramEnder.pace)
    case .leaving(var ender, let next) where now >= next:
      // Whatever of it lives on has become our child; without any there is nothing to look for.
      let progress = orphans.areThere() == false ? .gone : ender.step(table, now: now)
      if progress == .going {
        attempt.phase = .leaving(ender, next: now + ProgramEnder.pace)
      } else {
        settle(attempt, isGone: progress == .gone)
      }
    default: break
    }
    answer(attempt, now)
  }

  private func ender(of attempt: Attempt) -> ProgramEnder {
    ProgramEnder(
      markers: [CommandSettings.mark(attempt.start.token)], program: attempt.process.id,
      startedAfter: attempt.startTime, patience: attempt.patience)
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
    attempts[attempt.start.token] = nil
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
      attempts[attempt.start.token] = nil
      let result = ProgramResult(
        settings: settings, start: attempt.start, folder: attempt.folder, spool: attempt.spool,
        intake: verdict == .empty ? nil : attempt.intake, isEmpty: verdict == .empty)
      hands.run { result.hand(over: reply) }
    }
  }

  // MARK: Sleep

  /// Until something happens.
  func sleep() {
    var waiting = [pollfd(fd: queue.wakeup, events: Int16(POLLIN), revents: 0)]
    var until: [Moment] = sweeps.values.map(\.next)
    for attempt in attempts.values {
      if let look = attempt.look { until.append(look.until) }
      switch attempt.phase {
      case .ending(let killAt): until.append(killAt)
      case .leaving(_, let next): until.append(next)
      default: break
      }
      guard attempt.isAlive else { continue }
      for descriptor in [attempt.output, attempt.error, attempt.end == nil ? attempt.process.descriptor : -1]
      where descriptor >= 0 {
        waiting.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
    }
    var milliseconds: Int32 = -1
    if let next = until.min() {
      let wait = next - .now
      // Rounded up, so that it is time when it wakes.
      milliseconds = wait <= .zero ? 0 : Int32(clamping: Int64(wait / .milliseconds(1)) + 1)
    }
    poll(&waiting, nfds_t(waiting.count), milliseconds)
  }
}
