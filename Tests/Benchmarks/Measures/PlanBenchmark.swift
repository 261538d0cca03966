/// A mission file of a million rows: planned without a journal, imported, planned again with all of it in the
/// journal.
///
/// The import is `run --limit 1`: it takes in the whole file and then drives one mission to its end, which takes
/// milliseconds with a worker that answers at once.
struct PlanBenchmark: Benchmark {
  let laboratory: Laboratory

  func figures() throws -> [Figure] {
    let rows = laboratory.amounts.rows
    let limit = Target.below(64e6)
    var plan = Figure("plan of \(rows) rows", .seconds, target: .below(20))
    var planPeak = Figure("plan of \(rows) rows: peak memory", .megabytes, target: limit)
    var entry = Figure("import of \(rows) rows", .seconds)
    var entryPeak = Figure("import of \(rows) rows: peak memory", .megabytes, target: limit)
    var again = Figure("plan, all rows in the journal", .seconds, target: .below(20))
    var againPeak = Figure("plan, all rows in the journal: peak memory", .megabytes, target: limit)
    for round in 1...laboratory.amounts.planRounds {
      let site = try laboratory.site("\(round)")
      defer { site.remove() }
      let file = try site.writeMissions(rows)
      let services = try site.importer()
      let planned = try self.plan(site, file, selecting: rows)
      let imported = try site.missionControl("run", file, "--limit", "1", "--quiet").end()
      let plannedAgain = try self.plan(site, file, selecting: rows - 1)
      let bare = try site.reference(.insert, ["missions": file, "rows": "\(rows)"]).end()
      try expect(try services.requests("POST /scrape"), 1, "jobs of the import")
      plan.add(planned.wallSeconds, bare.wallSeconds)
      planPeak.add(planned.peakBytes, bare.peakBytes)
      entry.add(imported.wallSeconds, bare.wallSeconds)
      entryPeak.add(imported.peakBytes, bare.peakBytes)
      again.add(plannedAgain.wallSeconds, bare.wallSeconds)
      againPeak.add(plannedAgain.peakBytes, bare.peakBytes)
    }
    return [plan, planPeak, entry, entryPeak, again, againPeak]
  }

  private func plan(_ site: Site, _ file: String, selecting rows: Int) throws -> Expense {
    let child = try site.missionControl("plan", file, "--output", "json")
    let expense = try child.end()
    let output = try child.output().prefix(200)
    guard output.contains("\"selected\":\(rows),") else {
      throw BenchmarkFailure("plan does not select \(rows) missions: \(output)")
    }
    return expense
  }
}

extension Site {
  /// A simulator and a configuration for it, for runs whose work is the import.
  func importer() throws(BenchmarkFailure) -> SimulatedServices {
    let services = try simulator("--workers", "1", "--capacity", "1", "--ads", "1", "--job-time", "0s")
    try configure(
      services, workers: 1, capacity: 1, polling: "{session_initial: 0s, session: 0s, job: 0s}")
    return services
  }
}
