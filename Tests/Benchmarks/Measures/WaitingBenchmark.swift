import Glibc

/// Thousands of jobs that take long, looked at every 30 s: what waiting costs.
///
/// Product and reference wait at the same time, each for a simulator of its own, because both leave the machine
/// nearly idle. Processor time counts from the moment when all jobs have been started.
struct WaitingBenchmark: Benchmark {
  private static let workers = 4

  let laboratory: Laboratory
  /// The product's default is 30 s.
  private var interval: Int { laboratory.amounts.pollSeconds ?? 30 }

  init(laboratory: Laboratory) { self.laboratory = laboratory }

  func figures() throws -> [Figure] { try laboratory.amounts.jobs.flatMap(figures(jobs:)) }

  private func figures(jobs: Int) throws -> [Figure] {
    let window = laboratory.amounts.windowSeconds
    var cpu = Figure("\(jobs) jobs in flight: CPU, share of a core", .percent, target: .below(0.1))
    var peak = Figure(
      "\(jobs) jobs in flight: peak memory", .megabytes, target: .below(jobs > 2000 ? 128e6 : 64e6))
    let (productSite, productServices) = try prepare("product", jobs)
    let (bareSite, bareServices) = try prepare("reference", jobs)
    defer {
      productSite.remove()
      bareSite.remove()
    }
    let product = try startProduct(productSite, productServices, jobs)
    try awaitStart(product, productServices, jobs)
    let bare = try startReference(bareSite, bareServices, jobs)
    try awaitStart(bare, bareServices, jobs)

    let looks = [try looked(productServices), try looked(bareServices)]
    let cpuBefore = [try product.cpuSeconds(), try bare.cpuSeconds()]
    let began = Clock.seconds()
    Clock.pause(milliseconds: UInt32(window) * 1000)
    let elapsed = Clock.seconds() - began
    let cpuAfter = [try product.cpuSeconds(), try bare.cpuSeconds()]
    try requireLooks(try looked(productServices) - looks[0], jobs, "product")
    try requireLooks(try looked(bareServices) - looks[1], jobs, "reference")

    // The reference ends by the signal itself; 75 is stopped with work left.
    let barePeak = try bare.stop(expecting: .signal(SIGTERM)).peakBytes
    let productPeak = try product.stop(expecting: .code(75)).peakBytes
    cpu.add((cpuAfter[0] - cpuBefore[0]) / elapsed, (cpuAfter[1] - cpuBefore[1]) / elapsed)
    peak.add(productPeak, barePeak)
    return [cpu, peak]
  }

  private func prepare(_ label: String, _ jobs: Int) throws -> (Site, SimulatedServices) {
    let site = try laboratory.site("\(jobs)-\(label)")
    let services = try site.simulator(
      "--workers", "\(Self.workers)", "--capacity", "\(jobs / Self.workers)", "--job-time", "1h")
    return (site, services)
  }

  private func startProduct(_ site: Site, _ services: SimulatedServices, _ jobs: Int) throws -> Child {
    let job = laboratory.amounts.pollSeconds.map { ", job: \($0)s" } ?? ""
    try site.configure(
      services, workers: Self.workers, capacity: jobs / Self.workers,
      polling: "{session_initial: 0s, session: 1s\(job)}")
    return try site.missionControl("run", try site.writeMissions(jobs), "--quiet")
  }

  private func startReference(_ site: Site, _ services: SimulatedServices, _ jobs: Int) throws -> Child {
    try site.reference(
      .waiting,
      [
        "jobs": "\(jobs)", "interval": "\(interval)", "workers": services.workers,
        "worker-count": "\(Self.workers)",
      ])
  }

  private func awaitStart(_ child: Child, _ services: SimulatedServices, _ jobs: Int) throws {
    let deadline = Clock.seconds() + 120
    while try services.requests("POST /scrape") < jobs || looked(services) < jobs {
      try child.requireRunning()
      guard Clock.seconds() < deadline else { throw BenchmarkFailure("not all jobs started within 120 s") }
      Clock.pause(milliseconds: 50)
    }
  }

  private func looked(_ services: SimulatedServices) throws -> Int {
    try services.requests("GET /scrape/{job_id}")
  }

  /// Each job must have been looked at as often as the window holds intervals; one more or less fits too.
  private func requireLooks(_ count: Int, _ jobs: Int, _ who: String) throws {
    let times = laboratory.amounts.windowSeconds / interval
    guard count >= jobs * (times - 1), count <= jobs * (times + 1) else {
      throw BenchmarkFailure("\(who): \(count) looks at \(jobs) jobs, expected about \(times) each")
    }
  }
}
