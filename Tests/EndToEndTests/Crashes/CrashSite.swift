import Foundation
import TestServers
import TestSupport
import Testing

/// An installation on which a scenario is played again and again, each time from nothing.
final class CrashSite {
  /// Enough for what the scenario and one error of the destination take.
  private static let maxRetries = 4

  private let scenario: CrashScenario
  let site: Installation
  /// Nil for SQLite.
  private let destination: (any SweepDestination)?
  /// Ends with this object.
  private var files: FileServer?
  /// The phase whose rules and harm are in place.
  private var phase = -1
  /// Tries that did not come to their end.
  private var interruptions = 0
  private var harmedResults = 0

  /// - Parameter configure: changes to the configuration, for another destination.
  init(_ scenario: CrashScenario) async throws {
    self.scenario = scenario
    site = try await Installation(
      Setup(workers: 2, capacity: 2, proxies: 2, ads: "2..5", sessionTime: "4ms", jobTime: "4ms", seed: 3))
    try site.configure("refresh_interval: 5", "refresh_interval: 2")
    try site.configure(
      "session_initial: 5ms, session: 5ms, job: 5ms", "session_initial: 4ms, session: 2ms, job: 2ms")
    try site.configure("max_retries: 2", "max_retries: \(Self.maxRetries)")
    if scenario.hasFolderStore { try site.keepObjectsInFolder() }
    if let server = scenario.postgres {
      let database = try SweepDatabase(on: server, name: "sweep\(UInt32.random(in: 0 ... .max))")
      site.environment["DESTINATION"] = database.url
      try site.configure("\"sqlite:state/ads.sqlite\"", "\"${DESTINATION}\"")
      destination = database
    } else if scenario.isOverHTTP {
      let writer = SweepWriter(server: try WriterServer())
      try site.useWriter(writer.server.url, key: writer.server.key)
      let files = try FileServer(.nginx)
      try site.keepObjects(on: files)
      self.files = files
      destination = writer
    } else {
      destination = nil
    }
    if scenario.sources == .workers {
      try site.addMissions(days: scenario.days)
    } else {
      try site.useOtherSources(days: scenario.days, hasPrograms: scenario.sources == .jobsAndPrograms)
    }
  }

  /// As a new machine.
  func begin() throws {
    let files = FileManager.default
    for folder in [site.folder + "/state", site.outputs] where files.fileExists(atPath: folder) {
      try files.removeItem(atPath: folder)
    }
    try files.createDirectory(atPath: site.outputs, withIntermediateDirectories: false)
    for name in TemporaryFolder.files(in: site.storeFolder) {
      try files.removeItem(atPath: "\(site.storeFolder)/\(name)")
    }
    try site.control.post("/control/reset", "")
    try destination?.clear()
    phase = -1
    interruptions = 0
    harmedResults = 0
  }

  /// What one try of a phase came to.
  struct Try {
    let ended: Ended
    let counts: FailpointCounts
    var isKilled: Bool { ended.way == .signal(SIGKILL) }
  }

  /// Tries the command of a phase once.
  ///
  /// - Parameters:
  ///   - point: where the process is killed.
  ///   - tracer: a program and its arguments that starts the command.
  func attempt(_ number: Int, killedAt point: CrashPoint? = nil, under tracer: [String] = []) async throws
    -> Try
  {
    let command = scenario.phases[number]
    if number != phase { try enter(number) }
    let record = site.temporary.path + "/failpoints"
    unlink(record)
    var environment = site.environment
    environment["MISSION_CONTROL_FAILPOINT_RECORD"] = record
    if let point { environment["MISSION_CONTROL_FAILPOINT"] = "\(point.name):\(point.nth)" }
    let words = tracer + [Binaries.missionControl] + command.arguments
    let program = try Program(
      words[0], Array(words.dropFirst()), in: site.folder, outputs: site.outputs, environment: environment)
    let ended = try await program.end(within: 60)
    if ended.way != .exit(0) && ended.way != .exit(1) { interruptions += 1 }
    let text = (try? TemporaryFolder.text(record)) ?? ""  // none when the process died before its first point
    return Try(ended: ended, counts: FailpointCounts(record: text))
  }

  private func enter(_ number: Int) throws {
    let command = scenario.phases[number]
    try site.script(command.script)
    harmedResults += try command.harm?(site.folder + "/state") ?? 0
    phase = number
  }

  /// What there is now.
  func reading() throws -> StateReading { try StateReading(site, destination) }

  // MARK: - What must hold

  /// At the end of the last phase.
  ///
  /// - Parameters:
  ///   - reference: what an undisturbed course left.
  ///   - before: what the interrupted tries left, in their order.
  func problems(
    last: Ended, reference: StateReading?, before: [StateReading]
  ) throws -> [String] {
    var problems: [String] = []
    func expect(_ holds: Bool, _ problem: @autoclosure () -> String) {
      if !holds { problems.append(problem()) }
    }
    let now = try reading()
    if let reference {
      expect(now.missions == reference.missions, "missions differ: \(now.missions) not \(reference.missions)")
      expect(now.rows == reference.rows, "I2: rows differ")
      expect(now.ledger == reference.ledger, "I2: the ledger differs")
      expect(now.objects == reference.objects, "I3: objects differ")
    }
    for reading in before {
      let lost = reading.events.subtracting(now.events)
      expect(lost.isEmpty, "I4: events were lost: \(lost)")
    }
    problems += try destination?.problems ?? []
    problems += try historyProblems()
    problems += try fileProblems()
    problems += try jobProblems()
    let alive = ProgramPlace.programs(in: site.folder)
    if !alive.isEmpty { problems.append("programs are left alive: \(alive)") }
    problems += try reportProblems(last)
    problems += try secretProblems(last)
    return problems
  }

  private func historyProblems() throws -> [String] {
    let events = Dictionary(grouping: try site.events(), by: \.mission)
    var problems: [String] = []
    for row in try site.journal("SELECT id, status, retry_count FROM mission_list") {
      let fields = row.split(separator: "|").map(String.init)
      let names = events[fields[0]]?.map(\.name) ?? []
      problems += EventHistory.problems(names, mission: fields[0], isDone: fields[1] == "DONE")
      if Int(fields[2])! > Self.maxRetries {
        problems.append("I4: \(fields[0]) was tried again \(fields[2]) times")
      }
    }
    if events.count != scenario.days { problems.append("I1: \(events.count) missions of \(scenario.days)") }
    let all = events.values.joined()
    // What was acknowledged as spooled is never scraped again, but for what was harmed.
    let scraped = all.filter { $0.name == "SCRAPE_COMPLETED" }.count
    if scraped != scenario.days + harmedResults { problems.append("I4: \(scraped) results were spooled") }
    return problems
  }

  private func fileProblems() throws -> [String] {
    var problems: [String] = []
    for path in [site.journalPath, site.destinationPath] where access(path, F_OK) == 0 {
      let integrity = try Installation.rows(path, "PRAGMA integrity_check")
      let foreignKeys = try Installation.rows(path, "PRAGMA foreign_key_check")
      if integrity != ["ok"] || foreignKeys != [] {
        problems.append("I5: \(path): \(integrity) \(foreignKeys)")
      }
    }
    let isExpected: (String) -> Bool = { name in
      name.hasPrefix("reports/") && name.hasSuffix(".json") || name == "journal.sqlite"
        || name == "journal.sqlite.lock" || name.hasPrefix("ads.sqlite") || name.hasPrefix("journal.sqlite-")
    }
    let leftovers = site.state.filter { !isExpected($0) }
    if leftovers != [] { problems.append("I5: left over: \(leftovers)") }
    return problems
  }

  /// A job is started twice only when an interruption came between its start and its id in the journal.
  private func jobProblems() throws -> [String] {
    let stats = try site.stats()
    var problems: [String] = []
    for (worker, most) in stats["max_live_jobs"].members where most.int! > site.setup.capacity {
      problems.append("I6: \(most.int!) jobs at once on \(worker)")
    }
    if scenario.sources != .workers {
      let started = stats["requests"]["POST /api/admin/jobs"].int ?? 0
      if started != scenario.jobs { problems.append("\(started) jobs were started, not \(scenario.jobs)") }
      return problems
    }
    let started = stats["requests"]["POST /scrape"].int ?? 0
    let known = try site.count(of: "SCRAPE_STARTED")
    if started - known > interruptions * site.setup.workers * site.setup.capacity {
      problems.append(
        "\(started) jobs were started, \(known) are known, after \(interruptions) interruptions")
    }
    return problems
  }

  private func reportProblems(_ last: Ended) throws -> [String] {
    let report = try site.report()
    var problems = Shape.report.problems(report)
    let counts = report["counts"]
    let parts = ["done", "failed", "cancelled", "left"].map { counts[$0].int ?? -1 }
    let missions = report["missions"].elements
    let done = missions.filter { $0["status"].string == "DONE" }.count
    if counts["selected"].int != parts.reduce(0, +) || missions.count != counts["selected"].int
      || done != parts[0]
    {
      problems.append("I7: \(counts)")
    }
    let code = parts[3] > 0 ? 75 : parts[1] > 0 ? 1 : 0
    if report["exit_code"].int != Int(last.code) || last.code != code {
      problems.append("I7: exit \(last.code), the report says \(report["exit_code"]), the counts \(code)")
    }
    return problems
  }

  private func secretProblems(_ last: Ended) throws -> [String] {
    var texts = [("outputs", Array((last.output + last.errors + last.commandLine).utf8))]
    for name in site.state where !name.hasSuffix(".control") {
      texts.append((name, try TemporaryFolder.bytes("\(site.folder)/state/\(name)")))
    }
    return texts.flatMap { name, bytes in
      let data = Data(bytes)
      return site.secrets.filter { data.range(of: Data($0.utf8)) != nil }.map {
        "I8: \($0) in \(name)"
      }
    }
  }
}
