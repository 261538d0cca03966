import JSONStream
import MissionCore
import Report

extension StatusSnapshot {
  /// One JSON object (SPEC 4) and a newline.
  var json: String {
    var json = JSONWriter(reservingCapacity: 4096)
    json.beginObject()
    json.key("schema_version")
    json.value(1)
    json.key("is_running")
    json.value(run != nil)
    json.key("run_id")
    json.value(run?.id)
    json.key("workers")
    json.beginArray()
    for worker in workers { write(worker, to: &json) }
    json.endArray()
    json.key("queue")
    json.beginObject()
    json.key("total")
    json.value(counts.queued)
    json.endObject()
    json.key("counts")
    StatusCountsJSON.write(counts, to: &json)
    json.key("today")
    json.beginObject()
    json.key("done")
    json.value(today.done)
    json.key("failed")
    json.value(today.failed)
    json.endObject()
    json.key("rate_per_second")
    json.value(ratePerSecond)
    json.key("eta_seconds")
    json.value(secondsLeft)
    json.endObject()
    return json.text + "\n"
  }

  private func write(_ worker: Worker, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.value(worker.name)
    json.key("status")
    json.value(worker.missions.isEmpty ? "idle" : "running")
    json.key("missions")
    json.beginArray()
    for mission in worker.missions { MissionJSON.write(mission, to: &json) }
    json.endArray()
    json.endObject()
  }

  /// The same for people.
  func text(_ style: TextStyle) -> String {
    var lines = [headline(style), ""]
    var table = TextTable([.left, .right])
    for status in MissionStatus.allCases {
      table.add([status.rawValue.lowercased(), Humanized.count(counts[status])])
    }
    table.add(["total", Humanized.count(counts.total)])
    lines += table.lines(indent: 2)
    lines += [
      "", "today (UTC): \(Humanized.count(today.done)) done, \(Humanized.count(today.failed)) failed",
    ]
    lines += ["", "Workers"] + workerLines
    return lines.joined(separator: "\n") + "\n"
  }

  private func headline(_ style: TextStyle) -> String {
    guard let run else { return "no run is live" }
    let ended = run.counts.done + run.counts.failed + run.counts.cancelled
    var facts = ["\(Humanized.count(ended)) of \(Humanized.count(run.counts.selected))"]
    if let rate = ratePerSecond { facts.append(Humanized.rate(perSecond: rate)) }
    if let left = secondsLeft { facts.append("\(Humanized.duration(seconds: left)) left") }
    return style.bold("run \(run.id) is live") + " since \(LogWriter.seconds(run.startedAt)): "
      + facts.joined(separator: ", ")
  }

  private var workerLines: [String] {
    var table = TextTable([.left, .left])
    for worker in workers {
      let name = UntrustedText.clean(worker.name, limit: 60)
      if worker.missions.isEmpty { table.add([name, "idle"]) }
      for (index, mission) in worker.missions.enumerated() {
        table.add([index == 0 ? name : "", describe(mission)])
      }
    }
    return table.lines(indent: 2)
  }

  private func describe(_ mission: MissionRecord) -> String {
    let parameters = mission.parameters
    let since =
      mission.startedAt.map { ", " + Humanized.duration(seconds: max(0, now.seconds(since: $0))) } ?? ""
    return
      "\(MissionText.shortID(mission.id))  \(MissionText.days(parameters)) \(parameters.mediaType.rawValue) "
      + "\(parameters.languageList), \(mission.checkpoint.rawValue)\(since)"
  }
}
