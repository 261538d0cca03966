import MissionCore
import Report
import Terminal

/// A status snapshot as people read it.
struct StatusView {
  let snapshot: StatusSnapshot
  let phrases: Phrases
  let answers: AnswerPhrases
  let style: TextStyle
  /// Columns that lists of days are folded to; nil leaves them on one line.
  var width: Int?

  private var numbers: Humanized { phrases.numbers }

  /// The whole text, with a final newline.
  var text: String {
    var lines = [headline, ""]
    var table = TextTable([.left, .right])
    for status in MissionStatus.allCases {
      // Without a run nothing runs: these were interrupted and wait to be resumed.
      let isInterrupted = status == .running && snapshot.run == nil
      table.add([
        isInterrupted ? answers.interrupted : answers.countOf(status),
        numbers.count(snapshot.counts[status]),
      ])
    }
    table.add([answers.total, numbers.count(snapshot.counts.total)])
    lines += table.lines(indent: 2)
    let days = BackfillText(snapshot.backfill, phrases: phrases, width: width).days
    if !days.isEmpty { lines += [""] + days }
    let today = snapshot.today
    lines += ["", answers.today(numbers.count(today.done), numbers.count(today.failed))]
    if !workerLines.isEmpty { lines += ["", answers.workers] + workerLines }
    if !snapshot.sessions.isEmpty { lines += ["", answers.sessions] + sessionLines }
    if !snapshot.proxies.isEmpty { lines += ["", answers.proxies] + proxyLines }
    lines += lastRunLines
    return lines.joined(separator: "\n") + "\n"
  }

  /// How the last run ended, and what to type; nothing while a run is live.
  var lastRunLines: [String] {
    guard snapshot.run == nil, let run = snapshot.lastRun else { return [] }
    let counts = run.counts
    let code = run.exitCode.map { "\(phrases.exit) \($0)" }
    let reason = run.end(isLive: false).flatMap(phrases.reason)
    let outcome = [code, reason].compactMap { $0 }.joined(separator: ", ")
    let moment = numbers.moment(run.endedAt(isLive: false) ?? run.startedAt)
    let ended = answers.endedOf(
      numbers.count(counts.done + counts.failed + counts.cancelled), numbers.count(counts.selected))
    let report = "mission-control report \(run.id)\(snapshot.commandSuffix)"
    let lines = [
      "", answers.lastRun(run.id, moment), "  \(outcome): \(ended)", "  \(report)  \(answers.tellsOfIt)",
    ]
    var table = TextTable([.left, .left])
    for step in snapshot.next { table.add([step.command, phrases.nextStep(step)]) }
    if snapshot.next.isEmpty { table.add([phrases.nothingLeft]) }
    return lines + ["", phrases.next] + table.lines(indent: 2)
  }

  private var headline: String {
    guard let run = snapshot.run else { return answers.noLiveRun }
    let ended = run.counts.done + run.counts.failed + run.counts.cancelled
    var facts = [answers.endedOf(numbers.count(ended), numbers.count(run.counts.selected))]
    if let rate = snapshot.ratePerSecond { facts.append(numbers.rate(perSecond: rate)) }
    if let left = snapshot.secondsLeft { facts.append(phrases.progressLeft(numbers.duration(seconds: left))) }
    return style.bold(answers.liveRun(run.id)) + answers.since(numbers.moment(run.startedAt))
      + facts.joined(separator: ", ")
  }

  /// What each worker does.
  var workerLines: [String] {
    var table = TextTable([.left, .left])
    for worker in snapshot.workers {
      let name = UntrustedText.clean(worker.name, limit: 60)
      let limit = worker.limit.map { [answers.atOnce($0)] } ?? []
      let texts = limit + worker.missions.map(describe)
      if texts.isEmpty { table.add([name, answers.idle]) }
      for (index, text) in texts.enumerated() { table.add([index == 0 ? name : "", text]) }
    }
    return table.lines(indent: 2)
  }

  /// Each open session: its proxy, how many missions it has served, since when.
  var sessionLines: [String] {
    var table = TextTable([.left, .left, .left, .left])
    for session in snapshot.sessions {
      table.add([
        UntrustedText.clean(session.worker, limit: 60), UntrustedText.clean(session.proxy ?? "-", limit: 60),
        answers.served(session.served), numbers.moment(session.openedAt),
      ])
    }
    return table.lines(indent: 2)
  }

  /// Each proxy with its failures of late, and why it rests.
  var proxyLines: [String] {
    var table = TextTable([.left, .left])
    for proxy in snapshot.proxies {
      let used = proxy.lastUsedAt.map { numbers.moment($0) } ?? answers.proxyUnused
      table.add([UntrustedText.clean(proxy.server, limit: 60), proxy.resting?.words(answers) ?? used])
    }
    return table.lines(indent: 2)
  }

  private func describe(_ mission: MissionRecord) -> String {
    let parameters = mission.parameters
    let since = mission.startedAt.map {
      ", " + numbers.duration(seconds: max(0, snapshot.now.seconds(since: $0)))
    }
    return "\(MissionText.shortID(mission.id))  \(MissionText.days(parameters, numbers)) "
      + "\(parameters.mediaTypeText) \(parameters.languageList), \(mission.checkpoint.rawValue)"
      + (since ?? "")
  }
}
