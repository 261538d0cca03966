/// Objects the size of a usual result sent to a store that others wrote, `rclone serve s3`, once with the upload
/// path of the product and once with `s5cmd`: the same files, as many at once, each a process of its own.
struct UploadsBenchmark: Benchmark {
  static let objectSize = 20_000
  static let atOnce = 32

  let laboratory: Laboratory
  private var count: Int { laboratory.amounts.uploads }

  func figures() throws -> [Figure] {
    let what = "\(count) objects of \(Self.objectSize / 1000) kB, \(Self.atOnce) at once, against s5cmd"
    var rate = Figure("\(what): uploads", .perSecond, target: .ratioAtLeast(1))
    var cpu = Figure("\(what): CPU each", .milliseconds, target: .ratioAtMost(1))
    var peak = Figure("\(what): peak memory", .megabytes)
    let site = try laboratory.site("files")
    defer { site.remove() }
    let files = "\(site.path)/files"
    try TextFile.makeFolder(files)
    for number in 0..<count { try TextFile.write("\(files)/\(number).json", Self.object(number)) }
    let expected = try FolderContent(files)
    for round in 1...laboratory.amounts.uploadRounds {
      let product = try measure("\(round)-product", expected) { site, store in
        try site.uploader(["files": files, "endpoint": store.endpoint, "at-once": "\(Self.atOnce)"])
      }
      let s5cmd = try measure("\(round)-s5cmd", expected) { site, store in
        try Child(
          laboratory.server("s5cmd"),
          [
            "--numworkers", "\(Self.atOnce)", "--endpoint-url", store.endpoint, "cp", "\(files)/",
            "s3://\(StoreProgram.bucket)/",
          ], record: "\(site.path)/s5cmd",
          meter: Meter(environment: [
            "AWS_ACCESS_KEY_ID=\(StoreProgram.accessKey)", "AWS_SECRET_ACCESS_KEY=\(StoreProgram.secretKey)",
            "AWS_REGION=us-east-1",
          ]))
      }
      rate.add(Double(count) / product.wallSeconds, Double(count) / s5cmd.wallSeconds)
      cpu.add(product.cpuSeconds / Double(count), s5cmd.cpuSeconds / Double(count))
      peak.add(product.peakBytes, s5cmd.peakBytes)
    }
    return [rate, cpu, peak]
  }

  private func measure(
    _ label: String, _ expected: FolderContent, _ start: (Site, StoreProgram) throws -> Child
  ) throws -> Expense {
    let site = try laboratory.site(label)
    defer { site.remove() }
    let store = try StoreProgram(laboratory.server("rclone"), folder: site.path, data: site.store)
    let expense = try start(site, store).end()
    try expect(FolderContent("\(site.store)/\(StoreProgram.bucket)"), expected, "objects (\(label))")
    return expense
  }

  /// JSON of the right size that differs from object to object.
  private static func object(_ number: Int) -> String {
    let line = #"{"id":"\#(number)","text":"a thing that somebody wants to sell to somebody else"},"#
    let body = String(repeating: line, count: objectSize / line.utf8.count + 1)
    return String(decoding: body.utf8.prefix(objectSize), as: UTF8.self)
  }
}
