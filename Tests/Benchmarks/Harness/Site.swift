/// One installation: a folder on the disk with mission files and state, and perhaps a simulator of its own.
struct Site {
  let laboratory: Laboratory
  let path: String
  let store: String
  /// How the programs that are measured are started.
  var meter = Meter.none

  /// Runs a command of the product in this folder.
  func missionControl(_ arguments: String...) throws(BenchmarkFailure) -> Child {
    let words = arguments + ["--config", "\(path)/config.yaml"]
    return try Child(
      laboratory.program("mission-control"), words, record: "\(path)/mission-control", meter: meter)
  }

  /// Runs a reference in this folder.
  func reference(_ name: BareProgram, _ arguments: [String: String]) throws(BenchmarkFailure) -> Child {
    let words = arguments.sorted { $0.key < $1.key }.flatMap { ["--\($0.key)", $0.value] }
    return try Child(
      laboratory.program("Benchmarks"), [name.word, "--folder", path] + words, record: "\(path)/reference",
      meter: meter)
  }

  /// Runs the product's upload path in this folder.
  func uploader(_ arguments: [String: String]) throws(BenchmarkFailure) -> Child {
    let words = arguments.sorted { $0.key < $1.key }.flatMap { ["--\($0.key)", $0.value] }
    return try Child("/proc/self/exe", [Uploader.word] + words, record: "\(path)/uploader")
  }

  func simulator(_ options: String...) throws(BenchmarkFailure) -> SimulatedServices {
    try SimulatedServices(
      program: laboratory.program("mission-simulator"), options: options, folder: path, store: store)
  }

  /// `polling` is the section of that name.
  func configure(_ services: SimulatedServices, workers: Int, capacity: Int, polling: String)
    throws(BenchmarkFailure)
  {
    var text =
      common(services) + """
        execution:
          refresh_interval: 1000000
          polling: \(polling)
        workers:

        """
    for number in 1...workers {
      text += "  - name: worker-\(number)\n    url: \(services.worker(number))\n"
      text += "    api_key: demo-key-\(number)\n    capacity: \(capacity)\n"
    }
    try TextFile.write("\(path)/config.yaml", text)
  }

  /// One source, `default`, that needs no worker: `source` has the lines of its section.
  func configure(_ services: SimulatedServices, source: [String], missions: String? = nil)
    throws(BenchmarkFailure)
  {
    let section = source.map { "    \($0)\n" }.joined()
    let entry = missions.map { "missions:\n  - \($0)\n" } ?? ""
    try TextFile.write("\(path)/config.yaml", common(services) + "\(entry)sources:\n  default:\n\(section)")
  }

  private func common(_ services: SimulatedServices) -> String {
    """
    version: 1
    journal: {path: state/journal.sqlite}
    storage_db: {connection_string: "sqlite:state/ads.sqlite"}
    storage_s3:
      endpoint: http://127.0.0.1:\(services.storePort)
      bucket: mission-audit
      region: us-east-1
      access_key: demo-access
      secret_key: demo-secret-key
      prefix: scrapes

    """
  }

  /// Writes the first `count` missions; the file's path.
  func writeMissions(_ count: Int) throws(BenchmarkFailure) -> String {
    let file = "\(path)/missions.csv"
    try TextFile.write(file, pieces: BenchmarkMission.lines(count))
    return file
  }

  /// Whether two installations hold the same ads and objects.
  func content() throws(BenchmarkFailure) -> SiteContent {
    let ads = try BareDatabase("\(path)/state/ads.sqlite")
    return SiteContent(
      missions: try ads.integer("SELECT count(*) FROM missions"),
      rows: try ads.integer("SELECT count(*) FROM ads"),
      rowBytes: try ads.integer("SELECT sum(length(CAST(data AS BLOB))) FROM ads"),
      objects: try FolderContent("\(store)/mission-audit"))
  }

  /// Removes both folders, so that the next round finds the disk and the memory as this one did.
  func remove() {
    TextFile.removeTree(path)
    TextFile.removeTree(store)
  }
}
