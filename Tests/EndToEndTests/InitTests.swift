import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// From nothing to a report, as a newcomer types it.
  @Suite(.timeLimit(.minutes(2))) struct Init {
    private static let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../README.md").standardizedFileURL.path

    private let temporary = TemporaryFolder()
    private var folder: String { "\(temporary.path)/empty" }

    init() throws {
      for name in ["empty", "outputs"] { mkdir("\(temporary.path)/\(name)", 0o700) }
    }

    private func type(
      _ line: String, _ variables: [String: String] = [:]
    ) async throws -> Ended {
      let programs = URL(fileURLWithPath: Binaries.missionControl).deletingLastPathComponent().path
      let environment = ["PATH": "\(programs):/usr/bin:/bin", "HOME": temporary.path]
      return try await Program(
        "/bin/sh", ["-ec", line], in: folder, outputs: "\(temporary.path)/outputs",
        environment: environment.merging(variables) { _, new in new }
      ).end(within: 60)
    }

    /// The block of commands below a line of the README.
    private func block(below line: String) throws -> String {
      let text = try TemporaryFolder.text(Self.readme)
      let place = try #require(text.range(of: line))
      let begin = try #require(text.range(of: "```sh\n", range: place.upperBound..<text.endIndex))
      let end = try #require(text.range(of: "```\n", range: begin.upperBound..<text.endIndex))
      return String(text[begin.upperBound..<end.lowerBound])
    }

    @Test("the README's lines, typed in an empty folder, end in rows, objects and a page")
    func firstSteps() async throws {
      let lines = try block(below: "Then, in an empty folder")
      #expect(lines.split(separator: "\n").count == 3)
      let ended = try await type(lines)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try Installation.rows("\(folder)/state/ads.sqlite", "SELECT count(*) FROM ads") == ["9"])
      let objects = TemporaryFolder.files(in: "\(folder)/audit").filter { !$0.hasSuffix(".meta.json") }
      #expect(objects.count == 3)
      #expect(try TemporaryFolder.text("\(folder)/report.html").contains("</html>"))
      let verified = try await type("mission-control verify")
      #expect(verified.way == .exit(0), "\(verified.output)\(verified.errors)")
      // Of five lines, as it is told.
      let program = try TemporaryFolder.text("\(folder)/example.sh")
      #expect(program.split(separator: "\n").count == 5)
    }

    @Test(
      "the first configuration of every kind is right, in both languages",
      arguments: ["command", "http", "worker"], ["en", "pt-BR"])
    func kinds(kind: String, locale: String) async throws {
      let secrets = ["EXAMPLE_TOKEN": "canary-token", "WORKER_1_API_KEY": "canary-key"]
      let made = try await type("mission-control init --source \(kind) --locale \(locale) --output json")
      #expect(made.way == .exit(0), "\(made.errors)")
      let answer = try JSON(text: made.output)
      #expect(answer["source"].string == kind)
      let names = answer["files"].strings
      #expect(names.sorted() == TemporaryFolder.files(in: folder))
      let config = try await type("mission-control config --output json", secrets)
      #expect(config.way == .exit(0), "\(config.errors)")
      #expect(try JSON(text: config.output)["locale"].string == (locale == "en" ? nil : locale))
      let plan = try JSON(text: try await type("mission-control plan --output json").output)
      #expect(plan["selected"].int == 3)
      let status = try FileManager.default.attributesOfItem(atPath: "\(folder)/environment")
      #expect((status[.posixPermissions] as? Int) == 0o600)
    }

    @Test("nothing that is there is overwritten, and nothing is written beside it")
    func overwritesNothing() async throws {
      for name in ["config.yaml", "environment", "example.sh"] {
        let path = "\(folder)/\(name)"
        // What a link leads to is not made either.
        if name == "environment" {
          symlink("nowhere", path)
        } else {
          try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        }
        let ended = try await type("mission-control init --source command")
        #expect(ended.way == .exit(73), "\(name)")
        #expect(ended.errors.contains("\(name) exists already and is not overwritten"), "\(ended.errors)")
        #expect(temporary.names(in: "empty") == [name])
        unlink(path)
      }
      #expect(try await type("mission-control init").way == .exit(0))
      let before = try TemporaryFolder.text("\(folder)/config.yaml")
      let again = try await type("mission-control init --source worker")
      #expect(again.way == .exit(73))
      #expect(again.errors.contains("exist already"), "\(again.errors)")
      #expect(try TemporaryFolder.text("\(folder)/config.yaml") == before)
    }

    @Test("another place is named by --config, and the commands to type name it too")
    func elsewhere() async throws {
      #expect(try await type("mission-control init --config shop/config.yaml").way == .exit(73))
      mkdir("\(folder)/shop", 0o700)
      let made = try await type("mission-control init --config shop/config.yaml")
      #expect(made.way == .exit(0), "\(made.errors)")
      #expect(made.output.contains("mission-control run --config shop/config.yaml"))
      #expect(temporary.names(in: "empty") == ["shop"])
      let run = try await type("mission-control run --config shop/config.yaml")
      #expect(run.way == .exit(0), "\(run.errors)")
    }

    @Test("on a terminal the kind is asked for")
    func asks() async throws {
      // `script` gives the program a terminal.
      let asked = try await type(
        "printf 'spider\\nworker\\n' | script -qec 'mission-control init' /dev/null")
      #expect(asked.output.contains("[command]"), "\(asked.output)")
      #expect(try TemporaryFolder.text("\(folder)/config.yaml").contains("worker-1"))
    }
  }
}
