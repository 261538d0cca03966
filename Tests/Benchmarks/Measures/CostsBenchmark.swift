/// What a mission asks of the system and of the disk, and how missions go where every sync takes 2 ms longer.
struct CostsBenchmark: Benchmark {
  private static let slowerMicroseconds = 2000

  let laboratory: Laboratory

  func figures() throws -> [Figure] {
    try [8, 64].flatMap(counted(concurrency:)) + [8, 64].map(slowed(concurrency:))
  }

  private func counted(concurrency: Int) throws -> [Figure] {
    let name = "missions, concurrency \(concurrency)"
    let run = MissionsRun(
      laboratory: laboratory, concurrency: concurrency, missions: laboratory.amounts.traced)
    let count = Double(run.missions)
    var syncs = Figure("\(name): syncs each", .count)
    var log = Figure("\(name): log of SQLite each", .kilobytes)
    for round in 1...laboratory.amounts.missionRounds {
      let (product, bare) = (
        try disk("counted-\(round)", run, .product), try disk("counted-\(round)", run, .reference)
      )
      syncs.add(product.syncs / count, bare.syncs / count)
      log.add(product.logBytes / count, bare.logBytes / count)
    }
    var calls = Figure("\(name): system calls each", .count)
    calls.add(try systemCalls(run, .product) / count, try systemCalls(run, .reference) / count)
    return [calls, syncs, log]
  }

  private func disk(
    _ label: String, _ run: MissionsRun, _ way: MissionsRun.Way
  ) throws -> (syncs: Double, logBytes: Double) {
    let library = try laboratory.diskMeter()
    var found = (syncs: 0.0, logBytes: 0.0)
    _ = try run.measure(
      label, way, meter: { .disk(library, into: "\($0)/disk") },
      look: { found = try Meter.disk(from: "\($0)/disk") })
    return found
  }

  private func systemCalls(_ run: MissionsRun, _ way: MissionsRun.Way) throws -> Double {
    var calls = 0.0
    _ = try run.measure(
      "traced", way, meter: { .systemCalls(into: "\($0)/calls") },
      look: { calls = try Meter.systemCalls(from: "\($0)/calls") })
    return calls
  }

  private func slowed(concurrency: Int) throws -> Figure {
    let library = try laboratory.diskMeter()
    let run = MissionsRun(
      laboratory: laboratory, concurrency: concurrency, missions: laboratory.amounts.traced)
    var rate = Figure(
      "missions, concurrency \(concurrency), each sync 2 ms slower: rate", .perSecond,
      target: .ratioAtLeast(0.9))
    for round in 1...laboratory.amounts.missionRounds {
      let (product, bare) = try run.pair("slowed-\(round)") {
        .disk(library, into: "\($0)/disk", delay: Self.slowerMicroseconds)
      }
      rate.add(Double(run.missions) / product.wallSeconds, Double(run.missions) / bare.wallSeconds)
    }
    return rate
  }
}
