/// An API whose answer to the start is the result: how many missions a second, beside a source of workers that bring
/// the same ads.
struct HTTPSourceBenchmark: Benchmark {
  private static let concurrency = 64

  let laboratory: Laboratory

  func figures() throws -> [Figure] {
    let missions = laboratory.amounts.missions
    let name = "http without look, concurrency \(Self.concurrency), beside workers"
    var rate = Figure("\(name): rate", .perSecond, target: .ratioAtLeast(1))
    var cpu = Figure("\(name): CPU each", .milliseconds)
    let workers = MissionsRun(laboratory: laboratory, concurrency: Self.concurrency, missions: missions)
    for round in 1...laboratory.amounts.missionRounds {
      let product = try measure("\(round)", missions)
      let (reference, _) = try workers.measure("\(round)", .product)
      rate.add(Double(missions) / product.wallSeconds, Double(missions) / reference.wallSeconds)
      cpu.add(product.cpuSeconds / Double(missions), reference.cpuSeconds / Double(missions))
    }
    return [rate, cpu]
  }

  private func measure(_ label: String, _ missions: Int) throws -> Expense {
    let site = try laboratory.site("\(label)-http")
    defer { site.remove() }
    let services = try site.simulator(
      "--workers", "1", "--ads", "\(MissionsRun.adsPerMission)", "--ad-size", "1000", "--job-time", "0s")
    let days = #"date_start: "{date_start}", date_end: "{date_end}""#
    let slice = #"media_type: "{media_type}", languages: "{languages}""#
    try site.configure(
      services,
      source: [
        "kind: http", "url: \(services.workers)/api/admin", "headers: {Authorization: Bearer demo-key-jobs}",
        "capacity: \(Self.concurrency)",
        "start: {post: /harvest, body: {type: harvest, params: {\(days), \(slice)}}}",
      ])
    let expense = try site.missionControl("run", try site.writeMissions(missions), "--quiet").end()
    let content = try site.content()
    try expect(content.missions, missions, "missions in the destination (\(label))")
    try expect(content.objects.files, missions, "audit objects (\(label))")
    return expense
  }
}
