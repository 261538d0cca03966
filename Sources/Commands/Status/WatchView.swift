import MissionCore
import Report
import Terminal

/// Lays out a frame of `status --watch`; pure.
struct WatchView {
  let content: WatchContent
  let ratePerSecond: Double?
  let phrases: Phrases
  let answers: AnswerPhrases
  let keeping: KeepingPhrases
  let style: TextStyle
  /// For what is said in English elsewhere.
  let translate: (Message) -> String

  private var snapshot: StatusSnapshot { content.snapshot }
  private var numbers: Humanized { phrases.numbers }

  /// A line with how it is shown, so that it is cut before it is coloured.
  private struct Line {
    var text: String
    var paint: (String) -> String = { $0 }
  }

  /// Exactly as many lines as fit, none wider than `width`.
  func lines(width: Int, height: Int) -> [String] {
    let room = max(height, 1)
    var head = headline(width) + counts(width)
    let foot = [Line(text: footer, paint: style.dim)]
    head = Array(head.prefix(max(0, room - foot.count)))
    var rest = room - head.count - foot.count
    // Workers come first; failures get at least a third of what is left.
    let failures = failureLines
    let kept = min(failures.count, max(rest / 3, rest - workerLines.count))
    let workers = fit(workerLines, into: rest - kept)
    rest -= workers.count
    var shown = head + workers + fit(failures, into: rest)
    while shown.count < room - foot.count { shown.append(Line(text: "")) }
    return (shown + foot).prefix(room).map { $0.paint(DisplayColumns.truncate($0.text, to: width)) }
  }

  /// The first lines, and how many more there are.
  private func fit(_ lines: [Line], into room: Int) -> [Line] {
    guard lines.count > room else { return lines }
    guard room > 1 else { return [] }
    return lines.prefix(room - 1) + [
      Line(text: "  " + phrases.andMore(lines.count - room + 1), paint: style.dim)
    ]
  }

  private func headline(_ width: Int) -> [Line] {
    if let problem = content.problem {
      return [
        Line(text: translate(UntrustedText.message(problem, limit: 400)), paint: style.red),
        Line(text: ""),
      ]
    }
    guard let run = snapshot.run else {
      let view = StatusView(snapshot: snapshot, phrases: phrases, answers: answers, style: style)
      return [Line(text: answers.noLiveRun, paint: style.bold)] + view.lastRunLines.map { Line(text: $0) }
        + [Line(text: "")]
    }
    var state = ProgressState()
    state.total = run.counts.selected
    state.done = run.counts.done
    state.failed = run.counts.failed
    state.cancelled = run.counts.cancelled
    state.ratePerSecond = ratePerSecond
    if let ratePerSecond, ratePerSecond > 0 { state.secondsLeft = Double(run.counts.left) / ratePerSecond }
    let since = keeping.liveSince(run.id, numbers.moment(run.startedAt))
    let progress = ProgressView(phrases: phrases).lines(state, width: max(100, width))[0]
    return [Line(text: since, paint: style.bold), Line(text: progress), Line(text: "")]
  }

  private func counts(_ width: Int) -> [Line] {
    let all = MissionStatus.allCases.map { "\(numbers.count(snapshot.counts[$0])) \(answers.countOf($0))" }
    let today = answers.today(numbers.count(snapshot.today.done), numbers.count(snapshot.today.failed))
    let days = BackfillText(snapshot.backfill, phrases: phrases, width: width).days.map { Line(text: $0) }
    return [Line(text: all.joined(separator: "  ")), Line(text: today)] + days + [Line(text: "")]
  }

  private var workerLines: [Line] {
    let view = StatusView(snapshot: snapshot, phrases: phrases, answers: answers, style: style)
    func section(_ title: String, _ lines: [String]) -> [Line] {
      lines.isEmpty
        ? [] : [Line(text: ""), Line(text: title, paint: style.bold)] + lines.map { Line(text: $0) }
    }
    return [Line(text: answers.workers, paint: style.bold)] + view.workerLines.map { Line(text: $0) }
      + section(answers.sessions, view.sessionLines) + section(answers.proxies, view.proxyLines)
  }

  private var failureLines: [Line] {
    guard !content.failures.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left, .left])
    for mission in content.failures {
      table.add([
        mission.finishedAt.map { numbers.moment($0) } ?? "-", MissionText.shortID(mission.id),
        MissionText.days(mission.parameters, numbers), mission.errorCode?.rawValue ?? "-",
        translate(UntrustedText.message(mission.errorMessage ?? "", limit: 200)),
      ])
    }
    return [Line(text: ""), Line(text: keeping.lastFailures, paint: style.bold)]
      + table.lines(indent: 2).map { Line(text: $0, paint: style.red) }
  }

  private var footer: String { "\(keeping.quits)  \(numbers.moment(snapshot.now))" }
}
