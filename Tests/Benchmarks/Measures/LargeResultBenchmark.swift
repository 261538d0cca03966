/// One mission whose result is large, from the start of the program to its end.
struct LargeResultBenchmark: Benchmark {
  let laboratory: Laboratory

  func figures() throws -> [Figure] {
    let megabytes = laboratory.amounts.largeAds / 1000
    var speed = Figure("one result of \(megabytes) MB: speed", .megabytesPerSecond)
    var cpu = Figure("one result of \(megabytes) MB: CPU", .seconds)
    var peak = Figure("one result of \(megabytes) MB: peak memory", .megabytes, target: .below(64e6))
    for round in 1...laboratory.amounts.largeRounds {
      let (product, produced) = try measure("\(round)-product") { site, services in
        try site.configure(
          services, workers: 1, capacity: 1, polling: "{session_initial: 0s, session: 0s, job: 0s}")
        return try site.missionControl("run", try site.writeMissions(1), "--quiet").end()
      }
      let (bare, expected) = try measure("\(round)-reference") { site, services in
        let store = "http://127.0.0.1:\(services.storePort)"
        return try site.reference(.large, ["workers": services.workers, "store": store]).end()
      }
      try expect(produced, expected, "rows and objects of the product and of the reference")
      speed.add(
        Double(produced.rowBytes) / product.wallSeconds, Double(expected.rowBytes) / bare.wallSeconds)
      cpu.add(product.cpuSeconds, bare.cpuSeconds)
      peak.add(product.peakBytes, bare.peakBytes)
    }
    return [speed, cpu, peak]
  }

  private func measure(_ label: String, _ way: (Site, SimulatedServices) throws -> Expense) throws -> (
    Expense, SiteContent
  ) {
    let site = try laboratory.site(label)
    defer { site.remove() }
    let services = try site.simulator(
      "--workers", "1", "--capacity", "1", "--ads", "\(laboratory.amounts.largeAds)", "--ad-size", "1000",
      "--job-time", "0s")
    let expense = try way(site, services)
    let content = try site.content()
    try expect(content.missions, 1, "missions in the destination (\(label))")
    try expect(content.objects.files, 1, "audit objects (\(label))")
    return (expense, content)
  }
}
