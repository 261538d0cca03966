import Glibc

/// How long a run of a million missions takes to its first request, when all of them are new and when all are known.
///
/// The second run takes over what the first one, which is stopped, has chosen.
struct FirstRequestBenchmark: Benchmark {
  let laboratory: Laboratory

  func figures() throws -> [Figure] {
    let rows = laboratory.amounts.rows
    var new = Figure("\(rows) new missions: first request", .seconds, target: .below(12))
    var known = Figure("\(rows) known missions: first request", .seconds, target: .below(5))
    var peak = Figure("\(rows) new missions: peak memory", .megabytes, target: .below(64e6))
    for round in 1...laboratory.amounts.planRounds {
      let site = try laboratory.site("\(round)")
      defer { site.remove() }
      let file = try site.writeMissions(rows)
      let services = try site.importer()
      let bare = try site.reference(.insert, ["missions": file, "rows": "\(rows)"]).end()
      let first = try run(site, services, file)
      new.add(first.seconds, bare.wallSeconds)
      peak.add(first.expense.peakBytes, bare.peakBytes)
      known.add(try run(site, services, file).seconds, bare.wallSeconds)
    }
    return [new, known, peak]
  }

  /// A run that is stopped after its first request.
  private func run(
    _ site: Site, _ services: SimulatedServices, _ file: String
  ) throws -> (seconds: Double, expense: Expense) {
    let before = try services.requests("POST /scrape")
    let began = Clock.seconds()
    let run = try site.missionControl("run", file, "--quiet")
    while try services.requests("POST /scrape") == before {
      try run.requireRunning()
      Clock.pause(milliseconds: 20)
    }
    let seconds = Clock.seconds() - began
    return (seconds, try run.stop(expecting: .code(75)))
  }
}
