import Crypto
import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// What a program keeps beside its records, from its folder to the store and back under `verify`.
  @Suite(.timeLimit(.minutes(5))) struct KeptFiles {
    /// One file at the top, one with a name that needs care, one in a folder, and one that is not meant.
    private static let script = """
      echo x >> begun
      cd "$MISSION_FOLDER"
      mkdir pages
      printf 'first' > a.pdf
      printf 'second' > 'b ã.pdf'
      printf 'third' > pages/c.html
      printf 'other' > notes.txt
      echo '[{"id":1}]'
      """
    private static let section = ["keep: [\"*.pdf\", \"pages/*\"]"]

    private func place(days: Int = 1) throws -> ProgramPlace {
      try ProgramPlace(Self.script, days: days, more: Self.section)
    }

    private func folder(_ place: ProgramPlace) throws -> String {
      let id = try place.journal("SELECT id FROM mission_list ORDER BY date_start")[0]
      return "scrapes/2025-01-01/\(id)"
    }

    private func expectWhole(_ place: ProgramPlace, _ comment: String = "") async throws {
      let folder = try folder(place)
      let files = ["a.pdf", "b%20%C3%A3.pdf", "pages%2Fc.html"].map { "\(folder)/\($0)" }
      #expect(place.keys == ([folder + ".json"] + files).sorted(), "\(comment)")
      #expect(try TemporaryFolder.text("\(place.folder)/audit/\(files[2])") == "third", "\(comment)")
      let ledger = try place.destination("SELECT kept_files FROM missions")
      let digest = SHA256.hexDigest(of: Array("first".utf8))
      #expect(
        ledger[0].hasPrefix(#"[{"name":"a.pdf","size":5,"sha256":"\#(digest)"},"#), "\(comment): \(ledger)")
      let verified = try await place.command("verify")
      #expect(verified.way == .exit(0), "\(comment): \(verified.output)")
      #expect(place.temporary.names(in: "state/work") == [], "\(comment)")
    }

    @Test("kept files are in the store, the ledger, mission JSON and show, and under verify")
    func whole() async throws {
      let place = try place()
      let run = try await place.run()
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      try await expectWhole(place)
      let folder = try folder(place)
      let id = String(folder.suffix(36))
      let shown = try await place.command("show", id)
      #expect(shown.output.contains("Kept files") && shown.output.contains("\(folder)/pages%2Fc.html"))
      let kept = try JSON(text: try await place.command("show", id, "--output", "json").output)["kept_files"]
      #expect(kept.elements.map { $0["name"].string } == ["a.pdf", "b ã.pdf", "pages/c.html"])
      #expect(kept.elements[0]["key"].string == "\(folder)/a.pdf")

      // Lost, and altered: told, and only another scrape brings them back.
      unlink("\(place.folder)/audit/\(folder)/a.pdf")
      try place.write("THIRD", "audit/\(folder)/pages%2Fc.html")
      let differs = try await place.command("verify")
      #expect(differs.way == .exit(1))
      for key in ["a.pdf", "pages%2Fc.html"] { #expect(differs.output.contains(key), "\(differs.output)") }
      let repaired = try await place.command("verify", "--repair", "--yes")
      #expect(repaired.way == .exit(1), "\(repaired.output)\(repaired.errors)")
      #expect(try await place.run().way == .exit(0))
      #expect(place.begun == 2)
      try await expectWhole(place)
    }

    @Test(
      "killed anywhere between result and store, a mission's files are there once in the end",
      arguments: [
        "program.result.before:1", "program.result.after:1", "spool.acknowledge.before:1",
        "destination.commit.before:1", "destination.commit.after:1", "store.kept.before:1",
        "store.kept.after:1",
        "store.kept.before:3", "store.kept.after:3", "folder.metadata.after:2", "folder.rename.before:1",
        "folder.rename.after:3", "store.put.answered:4", "spool.remove.before:1",
      ])
    func killed(point: String) async throws {
      let place = try place()
      #expect(try await place.die(at: point) == .signal(SIGKILL))
      let checkpoint = try place.journal("SELECT checkpoint FROM mission_list")[0]
      let last = try await place.run()
      #expect(last.way == .exit(0), "\(last.errors)")
      // What was scraped is not scraped again: the files in the working folder are those that the journal knows.
      #expect(place.begun == (checkpoint == "SCRAPE" ? 2 : 1))
      try await expectWhole(place, point)
    }

    @Test(
      "one that is lost or altered before it is in the store sends its mission back to be scraped",
      arguments: [
        "rm a.pdf", "printf FIRST > a.pdf", "rm a.pdf; ln -s notes.txt a.pdf", "rm a.pdf; mkfifo a.pdf",
      ])
    func lost(damage: String) async throws {
      let place = try place()
      #expect(try await place.die(at: "store.kept.before:1") == .signal(SIGKILL))
      let id = try place.journal("SELECT id FROM mission_list")[0]
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments = ["-ec", "cd \(place.folder)/state/work/\(id)/1; \(damage)"]
      try shell.run()
      shell.waitUntilExit()
      let last = try await place.run()
      #expect(last.way == .exit(0), "\(last.errors)")
      #expect(place.begun == 2)
      try await expectWhole(place, damage)
    }

    @Test("a new scrape that lacks some of the files takes them away after its own object is there")
    func fewer() async throws {
      let place = try place()
      #expect(try await place.run().way == .exit(0))
      try place.write("cd $MISSION_FOLDER; printf 'new' > a.pdf; echo '[{\"id\":2}]'", "program.sh")
      #expect(try await place.command("rerun", "--from", "2025-01-01", "--yes").way == .exit(0))
      // Killed with the new file there and the old ones too.
      #expect(try await place.die(at: "store.former.before:1") == .signal(SIGKILL))
      let folder = try folder(place)
      #expect(place.keys.count == 4)
      #expect(try await place.run().way == .exit(0))
      #expect(place.keys == ["\(folder).json", "\(folder)/a.pdf"].sorted())
      #expect(try TemporaryFolder.text("\(place.folder)/audit/\(folder)/a.pdf") == "new")
      #expect(try await place.command("verify").way == .exit(0))
    }

    @Test(
      "what breaks a rule fails its mission with ERROR100, which names the rule, and nothing of it is kept",
      arguments: [
        ("ln -s /etc/passwd x.pdf", "is a symbolic link"),
        ("mkfifo x.pdf", "is not a regular file"),
        ("printf x > $(printf '%0125d' 0).pdf", "longer than the 128 bytes"),
        ("printf x > \"$(printf 'ã%.0s' $(seq 60)).pdf\"", "364 bytes long in its key"),
        ("printf x > \"$(printf '\\377').pdf\"", "is not UTF-8"),
        ("i=0; while [ $i -le 1000 ]; do : > $i.pdf; i=$((i+1)); done", "at most 1000 are kept"),
        (
          "head -c 40000 /dev/zero > 1.pdf; head -c 30000 /dev/zero > 2.pdf",
          "larger than execution.max_result_size"
        ),
      ])
    func rules(making: String, told: String) async throws {
      let place = try ProgramPlace(
        "cd $MISSION_FOLDER; \(making); echo '[]'", days: 1,
        more: ["keep: [\"*.pdf\"]", "max_retries: 0"], execution: "max_result_size: 64KiB")
      let run = try await place.run()
      #expect(run.way == .exit(1), "\(run.errors)")
      let failed = try place.journal("SELECT error_code, error_message FROM mission_list")[0]
      #expect(failed.hasPrefix("ERROR100|") && failed.contains(told), "\(failed)")
      #expect(place.keys == [])
    }

    @Test("names that a folder store keeps for itself, and the longest, are kept as well")
    func namesOfStores() async throws {
      let long = String(repeating: "ã", count: 36)
      let place = try ProgramPlace(
        "cd $MISSION_FOLDER; printf a > x; printf b > x.meta.json; printf c > .y.part; printf d > \(long).x; echo '[]'",
        days: 1, more: ["keep: [\"x*\", \".*.part\", \"*.x\"]", "max_retries: 0"])
      let run = try await place.run()
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      let folder = try folder(place)
      let encoded = String(repeating: "%C3%A3", count: 36) + ".x"
      let names = ["%2Ey.part", "x", "x%2Emeta.json", encoded]
      #expect(place.keys == ([folder + ".json"] + names.map { "\(folder)/\($0)" }).sorted())
      #expect(try TemporaryFolder.text("\(place.folder)/audit/\(folder)/x%2Emeta.json") == "b")
      let verified = try await place.command("verify")
      #expect(verified.way == .exit(0), "\(verified.output)\(verified.errors)")
    }

    @Test("a link to a folder is not followed")
    func linkedFolder() async throws {
      let place = try ProgramPlace(
        "ln -s /etc $MISSION_FOLDER/pages; echo '[]'", days: 1,
        more: ["keep: [\"pages/*\", \"pages/passwd\"]"])
      #expect(try await place.run().way == .exit(0))
      #expect(place.objects == 1)
    }

    @Test("a pattern that leads out of the folder is a configuration error")
    func outside() async throws {
      let place = try ProgramPlace("echo '[]'", days: 1, more: ["keep: [\"../*.pdf\", \"/etc/passwd\"]"])
      let run = try await place.run()
      #expect(run.way == .exit(78))
      #expect(run.errors.contains("keep[0]") && run.errors.contains("keep[1]"), "\(run.errors)")
    }
  }
}
