/// A million ads of 1 kB, in results of 10,000: into PostgreSQL, against `psql`'s `\copy` of the same rows into the same
/// emptied table; and into SQLite, against a bare prepared insert in one transaction. One connection each.
struct LoadingBenchmark: Benchmark {
  static let adsPerResult = 10_000

  let laboratory: Laboratory
  private var results: Int { laboratory.amounts.loadedAds / Self.adsPerResult }
  private var rows: Int { results * Self.adsPerResult }

  func figures() throws -> [Figure] {
    var postgres = Figure(
      "\(rows) ads of 1 kB into PostgreSQL, against psql's \\copy", .perSecond, target: .ratioAtLeast(0.6))
    var peak = Figure("the same: peak memory", .megabytes)
    var sqlite = Figure(
      "\(rows) ads of 1 kB into SQLite, against a bare insert", .perSecond, target: .ratioAtLeast(0.6))
    for round in 1...laboratory.amounts.loadRounds {
      let site = try laboratory.site("\(round)")
      defer { site.remove() }
      let (product, expense) = try seconds(site.loader(["postgres": laboratory.database()], results))
      postgres.add(Double(rows) / product, Double(rows) / (try copy(site)))
      peak.add(expense.peakBytes, 0)
      let (embedded, _) = try seconds(site.loader(["sqlite": "\(site.path)/ads.sqlite"], results))
      let (bare, _) = try seconds(
        site.reference(.load, ["results": "\(results)", "ads": "\(Self.adsPerResult)"]))
      sqlite.add(Double(rows) / embedded, Double(rows) / bare)
    }
    peak.reference = []
    return [postgres, peak, sqlite]
  }

  private func seconds(_ child: Child) throws -> (Double, Expense) {
    let expense = try child.end()
    guard let seconds = Double(try child.output().prefix { $0 != "\n" }) else {
      throw BenchmarkFailure("a loader told no seconds")
    }
    return (seconds, expense)
  }

  /// Takes the rows that were just loaded out, empties the tables, and copies them back with `psql`.
  private func copy(_ site: Site) throws -> Double {
    let file = "\(site.path)/ads.copy"
    try psql(site, "\\copy public.ads TO '\(file)'")
    try psql(site, "TRUNCATE ads, missions")
    try psql(site, "CHECKPOINT")
    let copied = try psql(site, "\\copy public.ads FROM '\(file)'").wallSeconds
    let count = try site.psql("SELECT count(*) FROM ads")
    try count.end()
    try expect(try count.output(), "\(rows)\n", "rows that psql copied")
    try psql(site, "TRUNCATE ads, missions")
    try psql(site, "CHECKPOINT")
    return copied
  }

  @discardableResult
  private func psql(_ site: Site, _ command: String) throws -> Expense { try site.psql(command).end() }
}

extension Site {
  func psql(_ command: String) throws(BenchmarkFailure) -> Child {
    try Child(
      "/usr/bin/psql",
      ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", command, laboratory.database()],
      record: "\(path)/psql")
  }

  /// Runs the product's loading in this folder.
  func loader(_ arguments: [String: String], _ results: Int) throws(BenchmarkFailure) -> Child {
    let words = arguments.flatMap { ["--\($0.key)", $0.value] }
    return try Child(
      "/proc/self/exe",
      [Loader.word, "--results", "\(results)", "--ads", "\(LoadingBenchmark.adsPerResult)"] + words,
      record: "\(path)/loader")
  }
}
