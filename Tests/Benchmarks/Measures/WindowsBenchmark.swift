/// A run with nothing to do: a window whose rows are all DONE, as most runs of a nightly job meet it.
struct WindowsBenchmark: Benchmark {
  /// Missions of each day of the window.
  private static let words = 10

  let laboratory: Laboratory

  func figures() throws -> [Figure] {
    let rows = laboratory.amounts.windowRows
    var idle = Figure("run, \(rows) rows of a window DONE", .seconds, target: .below(1))
    var peak = Figure("run, \(rows) rows of a window DONE: peak memory", .megabytes, target: .below(64e6))
    let site = try laboratory.site("window")
    defer { site.remove() }
    let services = try site.simulator("--workers", "1")
    let first = BenchmarkMission.parameters(0).dateStart
    let last = first.adding(days: rows / Self.words - 1)
    let words = (0..<Self.words).map { "w\($0)" }.joined(separator: ", ")
    try site.configure(
      services,
      source: [
        "kind: command", "command: [/bin/true, \"{word}\"]", "parameters: {word: [\(words)]}",
        "result: {format: lines}",
      ], missions: "{every: day, from: \(first), to: \(last), parameters: {word: [\(words)]}}")
    _ = try site.missionControl("run", "--limit", "1", "--quiet").end()
    try site.finishAll(rows)
    for _ in 1...laboratory.amounts.statusRounds {
      let product = try site.missionControl("run", "--quiet").end()
      let bare = try site.reference(.count, ["journal": "\(site.path)/state/journal.sqlite"]).end()
      idle.add(product.wallSeconds, bare.wallSeconds)
      peak.add(product.peakBytes, bare.peakBytes)
    }
    let journal = try BareDatabase("\(site.path)/state/journal.sqlite")
    try expect(
      try journal.integer("SELECT count(*) FROM missions WHERE status = 3"), rows, "finished missions")
    return [idle, peak]
  }
}
