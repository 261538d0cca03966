/// One large result of a program as JSON Lines and as CSV, beside the same records as one JSON array, whose bytes are
/// taken as they are.
struct FormatsBenchmark: Benchmark {
  private enum Format: String { case json, lines, csv }

  let laboratory: Laboratory

  func figures() throws -> [Figure] { try [Format.lines, .csv].flatMap(figures) }

  private func figures(_ format: Format) throws -> [Figure] {
    let megabytes = laboratory.amounts.formatRecords / 1000
    let name = "\(format.rawValue) of \(megabytes) MB, beside JSON"
    var speed = Figure("\(name): speed", .megabytesPerSecond, target: .ratioAtLeast(0.9))
    var cpu = Figure("\(name): CPU", .seconds)
    var peak = Figure("\(name): peak memory", .megabytes, target: .below(64e6))
    for round in 1...laboratory.amounts.largeRounds {
      let product = try measure(format, "\(round)-\(format.rawValue)")
      let json = try measure(.json, "\(round)-\(format.rawValue)-json")
      speed.add(product.bytes / product.expense.wallSeconds, json.bytes / json.expense.wallSeconds)
      cpu.add(product.expense.cpuSeconds, json.expense.cpuSeconds)
      peak.add(product.expense.peakBytes, json.expense.peakBytes)
    }
    return [speed, cpu, peak]
  }

  private func measure(_ format: Format, _ label: String) throws -> (bytes: Double, expense: Expense) {
    let site = try laboratory.site(label)
    defer { site.remove() }
    let services = try site.simulator("--workers", "1")
    let records = laboratory.amounts.formatRecords
    let file = "\(site.path)/records"
    try TextFile.write(file, pieces: Self.pieces(format, records))
    try site.configure(
      services,
      source: [
        "kind: command", "command: [cat, \(file)]", "result: {format: \(format.rawValue)}",
      ])
    let expense = try site.missionControl("run", try site.writeMissions(1), "--quiet").end()
    let content = try site.content()
    try expect(content.rows, records, "rows (\(label))")
    try expect(content.objects.files, 1, "audit objects (\(label))")
    return (Double(content.rowBytes), expense)
  }

  /// Records of 1,000 bytes, one a piece, and what stands around them.
  private static func pieces(_ format: Format, _ records: Int) -> some Sequence<String> {
    let text = String(repeating: "ação de ", count: 94)
    return (-1...records).lazy.map { number in
      let isRecord = (0..<records).contains(number)
      switch format {
      case .lines: return isRecord ? "{\"id\":\"\(number)\",\"text\":\"\(text)\"}\n" : ""
      case .csv: return isRecord ? "\(number),\"\(text)\"\n" : number < 0 ? "id,text\n" : ""
      case .json:
        if !isRecord { return number < 0 ? "[" : "]\n" }
        return "\(number == 0 ? "" : ",")\n{\"id\":\"\(number)\",\"text\":\"\(text)\"}"
      }
    }
  }
}
