import KeyTable
import Kind
import MissionCore
import Testing

@testable import Configuration

@Suite("Which part an engine says this is", .timeLimit(.minutes(5)))
struct EngineVariablesTests {
  private func shard(_ environment: [String: String]) throws -> [Int] {
    let shard = try EngineVariables.shard(in: environment)
    #expect(shard.isOfEngine)
    return [shard.index, shard.count]
  }

  private func refusal(_ environment: [String: String]) -> String {
    do {
      _ = try EngineVariables.shard(in: environment)
      return ""
    } catch { return error.message.plain }
  }

  @Test(
    "each engine's variables are known, and arrays may begin anywhere and go in steps",
    arguments: [
      (["JOB_COMPLETION_INDEX": "2", "JOB_COMPLETIONS": "8"], [2, 8]),
      (["AWS_BATCH_JOB_ARRAY_INDEX": "0", "AWS_BATCH_JOB_ARRAY_SIZE": "3"], [0, 3]),
      (["PBS_ARRAY_INDEX": "4", "PBS_ARRAY_COUNT": "5"], [4, 5]),
      (Self.slurm(id: 0, count: 8, first: 0, step: 1), [0, 8]),
      (Self.slurm(id: 8, count: 8, first: 1, step: 1), [7, 8]),
      (Self.slurm(id: 30, count: 4, first: 10, step: 10), [2, 4]),
    ])
  func known(environment: [String: String], expected: [Int]) throws {
    #expect(try shard(environment) == expected)
  }

  private static func slurm(id: Int, count: Int, first: Int, step: Int) -> [String: String] {
    [
      "SLURM_ARRAY_TASK_ID": "\(id)", "SLURM_ARRAY_TASK_COUNT": "\(count)",
      "SLURM_ARRAY_TASK_MIN": "\(first)",
      "SLURM_ARRAY_TASK_STEP": "\(step)",
    ]
  }

  @Test("the first complete set counts; half a pair and empty variables are passed over")
  func first() throws {
    var both = Self.slurm(id: 1, count: 2, first: 0, step: 1)
    both["PBS_ARRAY_INDEX"] = "4"
    both["PBS_ARRAY_COUNT"] = "5"
    #expect(try shard(both) == [1, 2])
    both["JOB_COMPLETION_INDEX"] = "0"
    #expect(try shard(both) == [1, 2])
    both["JOB_COMPLETIONS"] = ""
    #expect(try shard(both) == [1, 2])
    both["SLURM_ARRAY_TASK_STEP"] = nil
    #expect(try shard(both) == [4, 5])
  }

  @Test("none, or half a pair, lists all that was looked for and what is missing of a half")
  func none() {
    let names = [
      "JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT",
      "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP", "AWS_BATCH_JOB_ARRAY_INDEX",
      "AWS_BATCH_JOB_ARRAY_SIZE",
      "PBS_ARRAY_INDEX", "PBS_ARRAY_COUNT",
    ]
    for environment in [[:], ["JOB_COMPLETION_INDEX": "1"], ["PBS_ARRAY_COUNT": "4", "HOME": "/root"]] {
      let message = refusal(environment)
      for name in names { #expect(message.contains(name), "\(message)") }
    }
    let half = refusal(["JOB_COMPLETION_INDEX": "1"])
    #expect(half.contains("JOB_COMPLETION_INDEX=1 JOB_COMPLETIONS (Kubernetes)"), "\(half)")
    #expect(refusal(["PBS_ARRAY_COUNT": "4"]).contains("PBS_ARRAY_INDEX PBS_ARRAY_COUNT=4 (PBS)"))
  }

  @Test(
    "values that are no part of a whole are refused and shown",
    arguments: [
      ["JOB_COMPLETION_INDEX": "8", "JOB_COMPLETIONS": "8"],
      ["JOB_COMPLETION_INDEX": "-1", "JOB_COMPLETIONS": "8"],
      ["JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "0"],
      ["JOB_COMPLETION_INDEX": "x", "JOB_COMPLETIONS": "8"],
      ["JOB_COMPLETION_INDEX": "1", "JOB_COMPLETIONS": "99999999999999999999"],
      Self.slurm(id: 7, count: 3, first: 1, step: 1), Self.slurm(id: 4, count: 4, first: 1, step: 2),
      Self.slurm(id: 1, count: 4, first: 2, step: 1), Self.slurm(id: 1, count: 4, first: 0, step: 0),
    ])
  func wrong(environment: [String: String]) {
    let message = refusal(environment)
    #expect(message.contains("is no part of a whole"), "\(message)")
    #expect(message.contains("_INDEX=") || message.contains("SLURM_ARRAY_TASK_ID="))
  }
}

@Suite("A part of what the configuration says", .timeLimit(.minutes(5)))
struct ShardTests {
  private static func workers(_ count: Int, inactive: Int? = nil) -> String {
    (0..<count).map { number in
      "  - {name: w\(number), url: \"https://w\(number).example.com\", api_key: k, active: \(number != inactive)}\n"
    }.joined()
  }

  private static func text(
    workers: Int = 5, inactive: Int? = nil, proxies: Int = 0, _ more: String = "",
    journal: String = "state/journal.sqlite"
  ) -> String {
    var text = "journal: {path: \"\(journal)\"}\nworkers:\n" + Self.workers(workers, inactive: inactive)
    if proxies > 0 { text += "proxies:\n" }
    for number in 0..<proxies { text += "  - {server: \"p\(number):1\"}\n" }
    return text + "storage_db: {connection_string: \"sqlite:state/${SHARD}-of-${SHARDS}.sqlite\"}\n"
      + "storage_folder: {path: audit}\n" + more
  }

  private func load(_ text: String, _ shard: Shard?) throws -> Configuration {
    let source = ConfigurationSource(environment: ["SHARD": "of somebody else"]) { _, _ in
      .success(Array(text.utf8))
    }
    return try Configuration.load(path: "config.yaml", source: source, shard: shard)
  }

  private func ofEngine(_ index: Int, _ count: Int) -> Shard {
    Shard(index: index, count: count, isOfEngine: true)
  }

  @Test("the parts of all shards together are everything, and no two have the same")
  func whole() throws {
    for count in 1...5 {
      var workers: [String] = []
      var proxies: [String] = []
      for index in 0..<count {
        let part = try load(Self.text(workers: 6, inactive: 2, proxies: 7), ofEngine(index, count))
        workers += part.workersOfShard.map(\.name)
        proxies += (part.proxies ?? []).filter(\.isActive).map(\.server)
        try part.requireWorkersForAllShards()
      }
      #expect(workers.sorted() == ["w0", "w1", "w3", "w4", "w5"])
      #expect(proxies.sorted() == (0..<7).map { "p\($0):1" })
    }
    // The i-th active one, whatever stands between.
    let second = try load(Self.text(workers: 6, inactive: 2, proxies: 7), ofEngine(1, 2))
    #expect(second.workersOfShard.map(\.name) == ["w1", "w4"])
    #expect(second.activeWorkers.count == 5, "jobs of an earlier number of shards can still be taken over")
  }

  @Test("fewer workers than shards is said by every shard; fewer proxies are shared")
  func tooFew() throws {
    for index in 0..<6 {
      let part = try load(Self.text(workers: 5, proxies: 2), ofEngine(index, 6))
      #expect((part.proxies ?? []).filter(\.isActive).map(\.server) == ["p\(index % 2):1"])
      #expect(part.sharesProxies)
      let failure = #expect(throws: CommandFailure.self) { try part.requireWorkersForAllShards() }
      #expect(failure?.exitCode == .configuration)
      #expect(
        failure?.message.plain.hasPrefix("there are fewer workers than shards: 5 active for 6") == true,
        "\(failure?.message ?? "")")
    }
  }

  @Test("a source of named workers needs one for every shard")
  func named() throws {
    let sources = "sources: {a: {kind: worker, workers: [w0, w2]}, b: {kind: worker}}\n"
    let failure = #expect(throws: CommandFailure.self) {
      try load(Self.text(workers: 4, sources), ofEngine(0, 2)).requireWorkersForAllShards()
    }
    #expect(failure?.message.plain.contains("none of those of sources.a belongs to shard 1 of 2") == true)
    let mended = sources.replacing("w2", with: "w3")
    try load(Self.text(workers: 4, mended), ofEngine(0, 2)).requireWorkersForAllShards()
  }

  @Test("capacity and pace of other sources are divided, at least 1, and told")
  func limits() throws {
    let sources = """
      sources:
        default: {kind: worker}
        paid: {kind: command, command: [x], capacity: 10, pace: 20/1h}
        thin: {kind: command, command: [x], pace: 2/1h}

      """
    let part = try load(Self.text(sources), ofEngine(3, 4))
    let basics = (part.sources ?? []).map(\.value.basics)
    #expect(basics.map(\.capacity) == [nil, 2, 1])
    #expect(basics.map(\.pace?.starts) == [nil, 5, 1])
    #expect(
      part.divided == [
        DividedLimit(source: "paid", key: "capacity", whole: "10", part: "2"),
        DividedLimit(source: "paid", key: "pace", whole: "20/1h", part: "5/1h"),
        DividedLimit(source: "thin", key: "capacity", whole: "1", part: "1"),
        DividedLimit(source: "thin", key: "pace", whole: "2/1h", part: "1/1h"),
      ])
  }

  @Test("the journal gets a folder of its own, unless its path names the shard itself")
  func place() throws {
    #expect(try load(Self.text(), ofEngine(2, 4)).journal.path == "state/shard-2-of-4/journal.sqlite")
    #expect(
      try load(Self.text(journal: "/var/j.sqlite"), ofEngine(0, 1)).journal.path
        == "/var/shard-0-of-1/j.sqlite")
    #expect(try load(Self.text(journal: "j.sqlite"), ofEngine(2, 4)).journal.path == "shard-2-of-4/j.sqlite")
    #expect(try load(Self.text(journal: "s/${SHARD}/j"), ofEngine(2, 4)).journal.path == "s/2/j")
    // The number alone would put the journals of all into one.
    #expect(
      try load(Self.text(journal: "s/${SHARDS}/j"), ofEngine(2, 4)).journal.path == "s/4/shard-2-of-4/j")
  }

  @Test("${SHARD} and ${SHARDS} are this part's, 0 and 1 without one, whatever the environment says")
  func variables() throws {
    for (shard, expected) in [
      (nil, "sqlite:state/0-of-1.sqlite"), (ofEngine(2, 4), "sqlite:state/2-of-4.sqlite"),
      (Shard(index: 1, count: 3, isOfEngine: false), "sqlite:state/1-of-3.sqlite"),
    ] { #expect(try load(Self.text(), shard).storageDB.database?.maskedText == expected) }
  }

  @Test("a part that is named by hand divides nothing and leaves paths alone")
  func byHand() throws {
    let part = try load(Self.text(workers: 2, proxies: 3), Shard(index: 1, count: 9, isOfEngine: false))
    #expect(part.journal.path == "state/journal.sqlite")
    #expect(part.workersOfShard.count == 2 && part.proxies?.filter(\.isActive).count == 3)
    #expect(part.divided.isEmpty)
    try part.requireWorkersForAllShards()
  }

  @Test("the name of a shard's folder is read as it is written, and no other")
  func folders() {
    #expect(Shard(folder: "shard-2-of-8") == ofEngine(2, 8))
    for name in [
      "shard-8-of-8", "shard-02-of-8", "shard--1-of-8", "shard-2-of-8-old", "state", "shard-+2-of-8",
    ] {
      #expect(Shard(folder: name[...]) == nil, "\(name)")
    }
  }
}
