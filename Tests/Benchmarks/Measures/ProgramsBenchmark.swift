/// Programs that do nothing: how many missions a second their source carries through, beside a bare loop that starts
/// them and waits for their ends.
struct ProgramsBenchmark: Benchmark {
  let laboratory: Laboratory

  func figures() throws -> [Figure] { try [8, 64].flatMap(figures(concurrency:)) }

  private func figures(concurrency: Int) throws -> [Figure] {
    let count = laboratory.amounts.programs
    let name = "/bin/true, \(concurrency) at once"
    var rate = Figure("\(name): rate", .perSecond, target: .ratioAtLeast(0.6))
    var cpu = Figure("\(name): CPU each", .milliseconds)
    var peak = Figure("\(name): peak memory", .megabytes, target: .below(64e6))
    for round in 1...laboratory.amounts.missionRounds {
      let site = try laboratory.site("\(concurrency)-\(round)")
      defer { site.remove() }
      let product = try measure(site, concurrency, count)
      let bare = try site.reference(.programs, ["count": "\(count)"]).end()
      rate.add(Double(count) / product.wallSeconds, Double(count) / bare.wallSeconds)
      cpu.add(product.cpuSeconds / Double(count), bare.cpuSeconds / Double(count))
      peak.add(product.peakBytes, bare.peakBytes)
    }
    return [rate, cpu, peak]
  }

  private func measure(_ site: Site, _ concurrency: Int, _ count: Int) throws -> Expense {
    let services = try site.simulator("--workers", "1")
    // Of JSON Lines an empty output is a result without records.
    try site.configure(
      services,
      source: [
        "kind: command", "command: [/bin/true]", "capacity: \(concurrency)", "result: {format: lines}",
      ])
    let expense = try site.missionControl("run", try site.writeMissions(count), "--quiet").end()
    let content = try site.content()
    try expect(content.missions, count, "missions in the destination")
    try expect(content.objects.files, count, "audit objects")
    return expense
  }
}
