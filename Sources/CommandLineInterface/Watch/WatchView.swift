import MissionCore
import Report

/// Lays out a frame of `status --watch`; pure.
struct WatchView {
  let content: WatchContent
  let ratePerSecond: Double?
  let style: TextStyle

  private var snapshot: StatusSnapshot { content.snapshot }

  /// A line with how it is shown, so that it is cut before it is coloured.
  private struct Line {
    var text: String
    var paint: (String) -> String = { $0 }
  }

  /// Exactly as many lines as fit, none wider than `width`.
  func lines(width: Int, height: Int) -> [String] {
    let room = max(height, 1)
    var head = headline + counts
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
    return lines.prefix(room - 1) + [Line(text: "  … and \(lines.count - room + 1) more", paint: style.dim)]
  }

  private var headline: [Line] {
    if let problem = content.problem {
      return [Line(text: UntrustedText.clean(problem, limit: 400), paint: style.red), Line(text: "")]
    }
    guard let run = snapshot.run else {
      return [Line(text: "no run is live", paint: style.bold), Line(text: "")]
    }
    var state = ProgressState()
    state.total = run.counts.selected
    state.done = run.counts.done
    state.failed = run.counts.failed
    state.cancelled = run.counts.cancelled
    state.ratePerSecond = ratePerSecond
    if let ratePerSecond, ratePerSecond > 0 { state.secondsLeft = Double(run.counts.left) / ratePerSecond }
    let since = "run \(run.id) is live since \(LogWriter.seconds(run.startedAt))"
    let progress = ProgressView().lines(state, width: 100)[0]
    return [Line(text: since, paint: style.bold), Line(text: progress), Line(text: "")]
  }

  private var counts: [Line] {
    let all = MissionStatus.allCases.map {
      "\(Humanized.count(snapshot.counts[$0])) \($0.rawValue.lowercased())"
    }
    let today =
      "today (UTC): \(Humanized.count(snapshot.today.done)) done, \(Humanized.count(snapshot.today.failed)) failed"
    return [Line(text: all.joined(separator: "  ")), Line(text: today), Line(text: "")]
  }

  private var workerLines: [Line] {
    var table = TextTable([.left, .left])
    for worker in snapshot.workers {
      let name = UntrustedText.clean(worker.name, limit: 60)
      if worker.missions.isEmpty { table.add([name, "idle"]) }
      for (index, mission) in worker.missions.enumerated() {
        table.add([index == 0 ? name : "", snapshot.describe(mission)])
      }
    }
    return [Line(text: "Workers", paint: style.bold)] + table.lines(indent: 2).map { Line(text: $0) }
  }

  private var failureLines: [Line] {
    guard !content.failures.isEmpty else { return [] }
    var table = TextTable([.left, .left, .left, .left, .left])
    for mission in content.failures {
      table.add([
        MissionText.moment(mission.finishedAt), MissionText.shortID(mission.id),
        MissionText.days(mission.parameters), mission.errorCode?.rawValue ?? "-",
        UntrustedText.clean(mission.errorMessage ?? "", limit: 200),
      ])
    }
    return [Line(text: ""), Line(text: "Last failures", paint: style.bold)]
      + table.lines(indent: 2).map { Line(text: $0, paint: style.red) }
  }

  private var footer: String { "q ends  \(LogWriter.seconds(snapshot.now))" }
}
