/// One run of missions of 20 ads of 1 kB, with workers that answer at once: the product's or the reference's, each on a
/// fresh installation with a simulator of its own.
///
/// Sessions are never renewed, because the reference does not renew them either.
struct MissionsRun {
  static let adsPerMission = 20
  private static let workers = 4

  enum Way: String { case product, reference }

  let laboratory: Laboratory
  let concurrency: Int
  let missions: Int

  /// - Parameters:
  ///   - label: names the folder.
  ///   - meter: is given the folder of the installation.
  ///   - look: sees the folder before it is removed.
  func measure(
    _ label: String, _ way: Way, meter: (String) -> Meter = { _ in .none },
    look: (String) throws -> Void = { _ in }
  ) throws -> (Expense, SiteContent) {
    let label = "\(concurrency)-\(label)-\(way.rawValue)"
    var site = try laboratory.site(label)
    defer { site.remove() }
    let services = try site.simulator(
      "--workers", "\(Self.workers)", "--capacity", "\(concurrency / Self.workers)", "--ads",
      "\(Self.adsPerMission)", "--ad-size", "1000", "--job-time", "0s")
    site.meter = meter(site.path)
    let expense =
      switch way {
      case .product: try product(site, services)
      case .reference: try reference(site, services)
      }
    try look(site.path)
    let content = try site.content()
    try expect(content.missions, missions, "missions in the destination (\(label))")
    try expect(content.objects.files, missions, "audit objects (\(label))")
    try expect(try services.requests("POST /scrape"), missions, "jobs started (\(label))")
    return (expense, content)
  }

  /// Both ways, which must leave the same behind.
  func pair(_ label: String, meter: (String) -> Meter = { _ in .none }) throws -> (
    product: Expense, bare: Expense
  ) {
    let (product, produced) = try measure(label, .product, meter: meter)
    let (bare, expected) = try measure(label, .reference, meter: meter)
    try expect(produced, expected, "rows and objects of the product and of the reference")
    return (product, bare)
  }

  private func product(_ site: Site, _ services: SimulatedServices) throws -> Expense {
    try site.configure(
      services, workers: Self.workers, capacity: concurrency / Self.workers,
      polling: "{session_initial: 0s, session: 10s, job: 0s}")
    let file = try site.writeMissions(missions)
    return try site.missionControl("run", file, "--quiet").end()
  }

  private func reference(_ site: Site, _ services: SimulatedServices) throws -> Expense {
    try site.reference(
      .missions,
      [
        "missions": "\(missions)", "concurrency": "\(concurrency)",
        "workers": services.workers, "worker-count": "\(Self.workers)",
        "store": "http://127.0.0.1:\(services.storePort)",
      ]
    ).end()
  }
}
