import Foundation
import Testing

extension EndToEnd {
  /// The rows of FAULTS, Inputs, over the command line.
  @Suite struct HostileInputs {
    private static let header = "date_start,date_end,media_type,languages\n"

    /// A file that begins with `begin` and goes on with zeroes that take no room on the disk.
    private func sparse(_ begin: String, size: UInt64, end: String = "", at path: String) throws {
      #expect(FileManager.default.createFile(atPath: path, contents: Data(begin.utf8)))
      let file = try #require(FileHandle(forWritingAtPath: path))
      try file.truncate(atOffset: size)
      try file.seekToEnd()
      try file.write(contentsOf: Data(end.utf8))
      try file.close()
    }

    @Test("the forms that spreadsheets write are the same missions")
    func forms() async throws {
      let site = try await Installation(Setup(workers: 1))
      let plain = Self.header + "2025-01-01,2025-01-01,video,pt\n2025-01-02,2025-01-02,video,\"pt,eng\"\n"
      let forms = [
        plain, "\u{FEFF}" + plain, plain.replacingOccurrences(of: "\n", with: "\r\n"),
        String(plain.dropLast()),
        Self.header
          + "\"2025-01-01\",\"2025-01-01\",\"video\",\"PT\"\n2025-01-02,2025-01-02,video,\"eng,pt,eng\"\n",
      ]
      for (number, text) in forms.enumerated() { try site.write(text, to: "missions/\(number).csv") }
      let plan = try await site.json("plan")
      #expect(plan["selected"].int == 2)
      #expect(plan["duplicates"].int == 2 * (forms.count - 1))
      #expect(plan["rejected_rows"].int == 0)
    }

    @Test("each bad row is told with its line and column, the others run")
    func badRows() async throws {
      let site = try await Installation(Setup(workers: 1))
      let rows = [
        "2025-02-30,2025-03-01,video,pt", "2025-2-3,2025-03-01,video,pt", "2025-03-02,2025-03-01,video,pt",
        "2025-03-01,2025-03-01,video", "2025-03-01,2025-03-01,video,pt,eng", "2025-03-01,2025-03-01,,pt",
        "2025-03-01,2025-03-01,vi\u{0}deo,pt", "2025-03-01,2025-03-01,video,p\"t", "=1+1,2025-03-01,video,pt",
        "2025-03-01,2025-03-01,video,\"pt\"x", "2025-01-01,2025-01-01,video,pt",
        "\"2025-03-01,2025-03-01,video,pt",
      ]
      try site.write(Self.header + rows.joined(separator: "\n"), to: "missions/a.csv")
      let run = try await site.run("run")
      #expect(run.way == .exit(65), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|1"])
      for (number, column) in [1, 1, 12, 23, 32, 23, 25, 30, 1, 33].enumerated() {
        #expect(run.errors.contains("a.csv:\(number + 2):\(column): "), "\(rows[number]): \(run.errors)")
      }
      #expect(run.errors.contains("a.csv:13:1: "), "the quote that is never closed is told where it opens")
      try await site.expectInvariants()
    }

    @Test("a field of 100 MB is one bad row, in bounded memory")
    func hugeField() async throws {
      let site = try await Installation(Setup(workers: 1))
      let field = String(repeating: "a", count: 100 << 20)
      try site.write(
        Self.header + "2025-01-01,2025-01-01,video,\"\(field)\"\n2025-01-01,2025-01-01,\(field),pt\n"
          + "2025-01-02,2025-01-02,video,pt\n", to: "missions/a.csv")
      let plan = try await site.run("plan")
      #expect(plan.way == .exit(65), "\(plan.errors)")
      #expect(plan.errors.contains("a.csv:2:29: the field is longer than 65536 bytes"))
      #expect(plan.errors.contains("a.csv:3:23: the field is longer than 65536 bytes"))
      #expect(plan.peakBytes < 64 << 20, "\(plan.peakBytes >> 20) MB")
    }

    @Test("a file of 10 GB without a line end is one bad row, in bounded memory")
    func hugeFile() async throws {
      let site = try await Installation(Setup(workers: 1))
      try sparse(
        Self.header + "2025-01-01,2025-01-01,video,pt\n2025-01-02,", size: 10 << 30,
        end: "\n2025-01-03,2025-01-03,video,pt\n", at: site.folder + "/missions/a.csv")
      let plan = try await site.end(try site.start(["plan", "--output", "json"]), within: 240)
      #expect(plan.way == .exit(65), "\(plan.errors)")
      let json = try JSON(text: plan.output)
      #expect(json["selected"].int == 2 && json["rejected_rows"].int == 1, "\(json)")
      #expect(plan.errors.contains("a.csv:3:12: a NUL byte is not text"), "\(plan.errors)")
      #expect(plan.peakBytes < 64 << 20, "\(plan.peakBytes >> 20) MB")
    }

    @Test("a stream of rows through a pipe is read as it comes, in bounded memory")
    func pipe() async throws {
      let site = try await Installation(Setup(workers: 1))
      let path = site.folder + "/missions/a.csv"
      #expect(mkfifo(path, 0o600) == 0)
      let plan = try site.start(["plan", "--output", "json"])
      // Another thread, because opening the pipe waits for the reader.
      let writer = Thread {
        guard let file = fopen(path, "w") else { return }
        fputs(Self.header, file)
        for number in 0..<50_000 {
          let day = Installation.day(number % 20_000)
          fputs("\(day),\(day),all,pt\n", file)
        }
        fclose(file)
      }
      writer.start()
      let ended = try await site.end(plan)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      let json = try JSON(text: ended.output)
      #expect(json["selected"].int == 20_000 && json["duplicates"].int == 30_000, "\(json)")
      #expect(ended.peakBytes < 64 << 20, "\(ended.peakBytes >> 20) MB")
    }

    /// What is put into the configuration, and the place and words of the error.
    static let configurations: [(change: (String, String), place: String, words: String)] = [
      (("locale: en", "locale: en\nlocale: en"), "config.yaml:3:1", "repeated"),
      (("version: 1", "version: &v 1"), "config.yaml:1:10", "anchors"),
      (("max_retries: 2", "<<: {a: 1}"), "config.yaml:4:3", "merge keys"),
      (("max_retries: 2", "max_retries: *x"), "config.yaml:4:", "alias"),
      (("max_retries: 2", "max_retries: !!int 2"), "config.yaml:4:16", "tags"),
      (("max_retries: 2", "max_retries: two"), "config.yaml:4:16", "max_retries"),
      (("max_retries: 2", "max_retrys: 2"), "config.yaml:4:3", "did you mean max_retries"),
      (("  max_retries: 2", "\tmax_retries: 2"), "config.yaml:4:", "tab"),
      (("workers:\n", "workers:\n---\n"), "config.yaml", "second document"),
      (("version: 1", String(repeating: "[", count: 100_000)), "config.yaml:1:33", "deeper than 32"),
      (("max_retries: 2", "max_retries: \u{1}2"), "config.yaml:4:16", "control character"),
      (("${WORKER_KEY_1}", "${WORKER_KEY_9}"), "config.yaml:", "WORKER_KEY_9"),
      (("${WORKER_KEY_1}", "${EMPTY}"), "config.yaml:", "EMPTY"),
      (("${S3_SECRET}", "${EMPTY}"), "config.yaml:", "EMPTY"),
      (("api_key: ${WORKER_KEY_1}", "api_key: {file: nowhere}"), "config.yaml:", "nowhere"),
      (("api_key: ${WORKER_KEY_1}", "api_key: {file: missions}"), "config.yaml:", "folder"),
    ]

    @Test(
      "a hostile configuration is refused at its place, quickly and before any request",
      arguments: configurations)
    func configuration(change: (String, String), place: String, words: String) async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.configure("missions: [missions/*.csv]\n", "locale: en\n")
      try site.configure("  refresh_interval: 5\n", "")
      try site.configure("journal: {path: state/journal.sqlite}\n", "")
      try site.configure(change.0, change.1)
      site.environment["EMPTY"] = ""
      // Who only reads needs no secret.
      let isSecret = change.0.contains("WORKER_KEY") || change.0.contains("SECRET")
      for command in [["run"], ["check"], ["config"]] + (isSecret ? [] : [["plan"]]) {
        let ended = try await site.end(site.start(command))
        #expect(ended.way == .exit(78), "\(command): \(ended.errors.prefix(2000))")
        #expect(ended.errors.contains(place) && ended.errors.contains(words), "\(ended.errors.prefix(2000))")
        #expect(ended.seconds < 10)
      }
      #expect(try site.stats()["requests_total"].int == 0)
      #expect(site.state == [])
      try site.expectNoSecrets()
    }

    @Test("an empty file, a folder and a file of many MB are no configuration")
    func files() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.write("", to: "empty.yaml")
      try sparse("version: 1\n#", size: 5 << 30, at: site.folder + "/huge.yaml")
      for (file, code, words) in [
        ("empty.yaml", 78, "empty"), ("missions", 78, "folder"), ("huge.yaml", 78, "larger than"),
        ("nowhere.yaml", 66, "does not exist"), ("config.yaml/x", 66, "does not exist"),
      ] as [(String, Int32, String)] {
        let ended = try await site.run("run", "--config", file)
        #expect(ended.way == .exit(code), "\(file): \(ended.errors)")
        #expect(ended.errors.contains(words), "\(file): \(ended.errors)")
        #expect(ended.peakBytes < 64 << 20)
      }
      #expect(try site.stats()["requests_total"].int == 0)
    }

    @Test("a configuration and a mission file that may not be read say so", .enabled(if: geteuid() != 0))
    func permission() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 1)
      chmod(site.folder + "/missions/a.csv", 0)
      let unreadable = try await site.run("run")
      #expect(unreadable.way == .exit(65) && unreadable.errors.contains("Permission denied"))
      chmod(site.folder + "/config.yaml", 0)
      let refused = try await site.run("run")
      #expect(refused.way == .exit(78) && refused.errors.contains("Permission denied"))
    }
  }
}
