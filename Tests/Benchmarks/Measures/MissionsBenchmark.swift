/// Missions end to end: how many a second, and what each takes.
///
/// Rate and processor time are of the whole process: its start, the import of the mission file and the report are
/// part of them.
struct MissionsBenchmark: Benchmark {
  let laboratory: Laboratory

  func figures() throws -> [Figure] { try [8, 64].flatMap(figures(concurrency:)) }

  private func figures(concurrency: Int) throws -> [Figure] {
    let name = "missions, concurrency \(concurrency)"
    let run = MissionsRun(
      laboratory: laboratory, concurrency: concurrency, missions: laboratory.amounts.missions)
    let count = Double(run.missions)
    var rate = Figure("\(name): rate", .perSecond, target: .ratioAtLeast(0.9))
    var cpu = Figure("\(name): CPU each", .milliseconds, target: .ratioAtMost(1.8))
    var peak = Figure("\(name): peak memory", .megabytes, target: .below(64e6))
    var switches = Figure("\(name): context switches each", .count)
    for round in 1...laboratory.amounts.missionRounds {
      let (product, bare) = try run.pair("\(round)")
      rate.add(count / product.wallSeconds, count / bare.wallSeconds)
      cpu.add(product.cpuSeconds / count, bare.cpuSeconds / count)
      peak.add(product.peakBytes, bare.peakBytes)
      switches.add(product.contextSwitches / count, bare.contextSwitches / count)
    }
    return [rate, cpu, peak, switches]
  }
}
