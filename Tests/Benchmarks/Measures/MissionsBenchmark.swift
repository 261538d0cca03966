/// Missions of 20 ads of 1 kB end to end, with workers that answer at once.
///
/// Rate and processor time are of the whole process: its start, the import of the mission file and the report are
/// part of them. Sessions are never renewed, because the reference does not renew them either.
struct MissionsBenchmark: Benchmark {
  private static let adsPerMission = 20
  private static let workers = 4

  let laboratory: Laboratory

  func figures() throws -> [Figure] { try [8, 64].flatMap(figures(concurrency:)) }

  private func figures(concurrency: Int) throws -> [Figure] {
    let count = Double(laboratory.amounts.missions)
    var rate = Figure("missions, concurrency \(concurrency): rate", .perSecond, target: .ratioAtLeast(0.6))
    var cpu = Figure("missions, concurrency \(concurrency): CPU each", .milliseconds, target: .ratioAtMost(2))
    var peak = Figure("missions, concurrency \(concurrency): peak memory", .megabytes, target: .below(64e6))
    for round in 1...laboratory.amounts.missionRounds {
      let (product, produced) = try measure("\(concurrency)-\(round)-product", concurrency, product)
      let (bare, expected) = try measure("\(concurrency)-\(round)-reference", concurrency, reference)
      try expect(produced, expected, "rows and objects of the product and of the reference")
      rate.add(count / product.wallSeconds, count / bare.wallSeconds)
      cpu.add(product.cpuSeconds / count, bare.cpuSeconds / count)
      peak.add(product.peakBytes, bare.peakBytes)
    }
    return [rate, cpu, peak]
  }

  private typealias Way = (Site, SimulatedServices, Int) throws -> Expense

  /// One run on a fresh installation with a simulator of its own.
  private func measure(_ label: String, _ concurrency: Int, _ way: Way) throws -> (Expense, SiteContent) {
    let site = try laboratory.site(label)
    defer { site.remove() }
    let services = try site.simulator(
      "--workers", "\(Self.workers)", "--capacity", "\(concurrency / Self.workers)", "--ads",
      "\(Self.adsPerMission)", "--ad-size", "1000", "--job-time", "0s")
    let expense = try way(site, services, concurrency)
    let content = try site.content()
    try expect(content.missions, laboratory.amounts.missions, "missions in the destination (\(label))")
    try expect(content.objects.files, laboratory.amounts.missions, "audit objects (\(label))")
    try expect(try services.requests("POST /scrape"), laboratory.amounts.missions, "jobs started (\(label))")
    return (expense, content)
  }

  private func product(_ site: Site, _ services: SimulatedServices, _ concurrency: Int) throws -> Expense {
    try site.configure(
      services, workers: Self.workers, capacity: concurrency / Self.workers,
      polling: "{session_initial: 0s, session: 0s, job: 0s}")
    let file = try site.writeMissions(laboratory.amounts.missions)
    return try site.missionControl("run", file, "--quiet").end()
  }

  private func reference(_ site: Site, _ services: SimulatedServices, _ concurrency: Int) throws -> Expense {
    try site.reference(
      .missions,
      [
        "missions": "\(laboratory.amounts.missions)", "concurrency": "\(concurrency)",
        "workers": services.workers, "worker-count": "\(Self.workers)",
        "store": "http://127.0.0.1:\(services.storePort)",
      ]
    ).end()
  }
}
