import Foundation
import TestServers
import TestSupport
import Testing

/// What the simulator and the configuration of an installation are like.
struct Setup {
  var workers = 2
  var capacity = 1
  var proxies = 0
  var ads = "3..12"
  var adSize = 300
  var sessionTime = "10ms"
  var jobTime = "5ms"
  var seed = 1
  /// What becomes of suspicious results; no second look, so that a mission is started once.
  var onSuspicious = "flag"
  /// More options of the simulator.
  var options: [String] = []
  /// Fault rules, one a line.
  var script = ""
}

/// A folder with a configuration, mission files and state, and a simulator that serves it.
final class Installation {
  /// What must never be written anywhere.
  var secrets = [
    "canary-worker-", "canary-proxy-password", "canary-access", "canary-secret-key",
    "canary-database-password",
  ]

  let temporary = TemporaryFolder()
  let setup: Setup
  let control: ControlClient
  let simulator: Program
  let storePort: UInt16
  var environment: [String: String]
  /// The PostgreSQL that receives the ads; nil for the embedded SQLite.
  var postgres: PostgresDatabase?
  /// Where a server that others wrote keeps the objects; nil: the simulator's.
  var otherStoreFolder: String?
  /// Everything that the program has written to standard output and error so far, and its command lines.
  private(set) var written = ""

  var folder: String { temporary.path + "/site" }
  var journalPath: String { folder + "/state/journal.sqlite" }
  var destinationPath: String { folder + "/state/ads.sqlite" }
  var storeFolder: String { otherStoreFolder ?? temporary.path + "/store/mission-audit" }
  private var logPath: String { temporary.path + "/requests.log" }
  var outputs: String { temporary.path + "/outputs" }

  init(_ setup: Setup = Setup()) async throws {
    self.setup = setup
    let root = temporary.path
    for name in ["site", "site/missions", "outputs"] { mkdir("\(root)/\(name)", 0o700) }
    environment = ["PATH": "/usr/bin:/bin", "HOME": root, "S3_ACCESS": "canary-access"]
    environment["S3_SECRET"] = "canary-secret-key"
    environment["PROXY_PASSWORD"] = "canary-proxy-password"
    for number in 1...setup.workers { environment["WORKER_KEY_\(number)"] = "canary-worker-\(number)" }
    let arguments = [
      "--port", "0", "--s3-port", "0", "--ports-file", "\(root)/ports.json", "--store", "\(root)/store",
      "--log", "\(root)/requests.log", "--exit-with-parent", "--workers", "\(setup.workers)",
      "--capacity", "\(setup.capacity)", "--ads", setup.ads, "--ad-size", "\(setup.adSize)",
      "--session-time", setup.sessionTime, "--job-time", setup.jobTime, "--seed", "\(setup.seed)",
      "--api-key-prefix", "canary-worker-", "--access-key", "canary-access",
      "--secret-key", "canary-secret-key",
    ]
    let simulator = try Program(
      Binaries.simulator, arguments + setup.options, in: root, outputs: "\(root)/outputs", environment: [:])
    self.simulator = simulator
    let isReady = try await Wait.until { access("\(root)/ports.json", R_OK) == 0 || !simulator.isRunning() }
    try #require(isReady)
    let ports = try JSON(text: TemporaryFolder.text("\(root)/ports.json"))
    control = ControlClient(port: UInt16(ports["worker_port"].int ?? 0))
    storePort = UInt16(ports["s3_port"].int ?? 0)
    if !setup.script.isEmpty { try script(setup.script) }
    try write(configuration(), to: "config.yaml")
  }

  // MARK: - Files

  /// With waits that suit a simulator.
  private func configuration() -> String {
    var lines = """
      version: 1
      missions: [missions/*.csv]
      journal: {path: state/journal.sqlite}
      execution:
        refresh_interval: 5
        max_retries: 2
        timeout_session: 2s
        timeout_job: 30s
        polling: {session_initial: 5ms, session: 5ms, job: 5ms}
        timeouts: {connect: 2s, response: 2s, stalled: 2s, busy: 5s}
      quality: {on_suspicious: \(setup.onSuspicious)}
      storage_db: {connection_string: "sqlite:state/ads.sqlite"}
      storage_s3:
        endpoint: http://127.0.0.1:\(storePort)
        bucket: mission-audit
        region: us-east-1
        access_key: ${S3_ACCESS}
        secret_key: ${S3_SECRET}
        prefix: scrapes
      workers:

      """
    for number in 1...setup.workers {
      lines += "  - name: worker-\(number)\n    url: http://127.0.0.1:\(control.port)/worker-\(number)\n"
      lines += "    api_key: ${WORKER_KEY_\(number)}\n    capacity: \(setup.capacity)\n"
    }
    if setup.proxies > 0 { lines += "proxies:\n" }
    for number in 0..<setup.proxies {
      lines += "  - server: proxy\(number + 1).invalid:8080\n    username: someone\n"
      lines += "    password: ${PROXY_PASSWORD}\n"
    }
    return lines
  }

  /// Replaces `old`, which must be there, in the configuration.
  func configure(_ old: String, _ new: String) throws {
    let text = try TemporaryFolder.text(folder + "/config.yaml")
    try #require(text.contains(old))
    try write(text.replacingOccurrences(of: old, with: new), to: "config.yaml")
  }

  /// Has a folder keep the objects, where the simulator's bucket would.
  func keepObjectsInFolder() throws {
    try replaceStore("storage_folder: {path: ../store/mission-audit, prefix: scrapes}\n")
  }

  /// Has a writer take the records instead of the database.
  func useWriter(_ url: String, key: String) throws {
    environment["WRITER_KEY"] = key
    secrets.append(key)
    try configure(
      "storage_db: {connection_string: \"sqlite:state/ads.sqlite\"}",
      "storage_writer: {url: \(url), headers: {X-API-Key: \"${WRITER_KEY}\"}}")
  }

  /// Has a server of files keep the objects.
  func keepObjects(on server: FileServer) throws {
    environment["FILES_SECRET"] = server.header.value
    secrets.append(server.header.value)
    otherStoreFolder = server.data
    try replaceStore(
      "storage_http:\n  url: \(server.url)\n  headers: {\(server.header.name): \"${FILES_SECRET}\"}\n")
  }

  private func replaceStore(_ section: String) throws {
    let text = try TemporaryFolder.text(folder + "/config.yaml")
    let begin = try #require(text.range(of: "storage_s3:"))
    let end = try #require(text.range(of: "workers:"))
    try write(
      text.replacingCharacters(in: begin.lowerBound..<end.lowerBound, with: section), to: "config.yaml")
  }

  /// Writes a file of the installation.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  /// One mission a day from 2025-01-01 on, of media type `video` and language `pt`.
  func addMissions(days: Int, file: String = "missions/a.csv") throws {
    let rows = (0..<days).map { "\(Self.day($0)),\(Self.day($0)),video,pt\n" }.joined()
    try write("date_start,date_end,media_type,languages\n" + rows, to: file)
  }

  /// `number` days after 2025-01-01.
  static func day(_ number: Int) -> String {
    let date = Date(timeIntervalSince1970: 1_735_689_600 + Double(number) * 86_400)
    return String(date.ISO8601Format().prefix(10))
  }

  var state: [String] { TemporaryFolder.files(in: folder + "/state") }
  /// Keys of the store, without what a folder store keeps beside its objects.
  var objects: [String] {
    TemporaryFolder.files(in: storeFolder).filter { !$0.hasSuffix(".meta.json") && !$0.hasSuffix(".part") }
  }

  // MARK: - Running

  /// - Parameter program: what is started, with the program's path among the arguments; nil: the program itself.
  func start(_ arguments: [String], program: String? = nil) throws -> Program {
    try Program(
      program ?? Binaries.missionControl, arguments, in: folder, outputs: outputs, environment: environment)
  }

  /// Waits for the program's end and keeps what it wrote.
  func end(_ program: Program, within seconds: Double = 60, _ place: SourceLocation = #_sourceLocation)
    async throws -> Ended
  {
    let ended = try await program.end(within: seconds, place)
    written += ended.output + ended.errors + ended.commandLine
    return ended
  }

  /// Runs a command to its end.
  func run(_ arguments: String..., place: SourceLocation = #_sourceLocation) async throws -> Ended {
    try await end(try start(arguments), place)
  }

  /// Runs a command that must end with 0, and reads its JSON.
  func json(_ arguments: String..., place: SourceLocation = #_sourceLocation) async throws -> JSON {
    let ended = try await end(try start(arguments + ["--output", "json"]), place)
    #expect(ended.way == .exit(0), "\(ended.errors)", sourceLocation: place)
    return try JSON(text: ended.output)
  }

  /// Processes of the program that work in this folder, whoever started them.
  var processes: [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter { process in
      func link(_ name: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/\(name)")
      }
      return link("cwd") == folder && link("exe")?.hasSuffix("/mission-control") == true
    }
  }

  // MARK: - The simulator

  func script(_ rules: String) throws { try control.post("/control/script", rules) }

  func stats() throws -> JSON {
    try JSON(text: String(decoding: control.get("/control/stats"), as: UTF8.self))
  }

  /// How many requests of this kind the simulator has seen.
  func requests(_ kind: String) throws -> Int { try stats()["requests"][kind].int ?? 0 }

  /// The array `data` of the mission of a day.
  func ads(day: String) throws -> [UInt8] {
    try control.get("/control/ads?start=\(day)&end=\(day)&format=video&languages=pt")
  }

  /// What was asked of the simulator, in order. Lines appear a moment after their requests.
  func log() async throws -> [JSON] {
    // The control requests are not logged, so the end of the writing shows in the file's size alone.
    var size = -1
    _ = try await Wait.until(seconds: 2) {
      let now = (try? TemporaryFolder.bytes(logPath).count) ?? 0
      defer { size = now }
      usleep(60_000)
      return now == size
    }
    return try TemporaryFolder.text(logPath).split(separator: "\n").map { try JSON(text: String($0)) }
  }
}
