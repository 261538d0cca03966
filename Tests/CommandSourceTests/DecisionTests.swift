import ChildProcesses
import KeyTable
import MissionCore
import Testing
import YAML

@testable import CommandSource

@Suite("What of a program is decided without one", .timeLimit(.minutes(1)))
struct DecisionTests {
  @Test("a part of the exit codes that is written replaces that part only")
  func exits() {
    var exits = ProgramExits()
    exits.wait = [3]
    #expect(
      ProgramVerdict(.exited(3), exits: exits, said: nil)
        == .look(.putOff(message: "the program asks to be started again later (exit code 3)")))
    #expect(
      ProgramVerdict(.exited(75), exits: exits, said: nil)
        == .look(.failed(message: "the program ended with exit code 75")))
    #expect(ProgramVerdict(.exited(99), exits: exits, said: nil) == .empty)
    #expect(ProgramVerdict(.exited(0), exits: exits, said: "a word") == .result)
  }

  @Test("a reason of ours is stronger than whatever the program ended with")
  func broken() {
    let large = SourceFailure(.tooLarge, "large")
    #expect(ProgramVerdict(.exited(0), broken: large, exits: ProgramExits(), said: nil) == .failure(large))
  }

  @Test("the tail of an output begins with a whole line, and its last line that is not empty is found")
  func tail() {
    var tail = ErrorTail()
    func take(_ text: String) { Array(text.utf8).withUnsafeBytes { tail.take($0) } }
    #expect(tail.lastLine() == nil)
    take("one\ntwo\r\n \n")
    #expect(tail.lastLine().map { String(decoding: $0, as: UTF8.self) } == "two")
    take(String(repeating: "x", count: 3 * ErrorTail.kept))
    #expect(tail.lastLine() == nil, "half a line may begin in the middle of a secret")
    take("\nend\n")
    #expect(String(decoding: tail.end(), as: UTF8.self) == "end\n")
  }

  @Test("patterns match names as shells do")
  func patterns() {
    #expect(ResultFiles.means("*.csv", "a.csv"))
    #expect(!ResultFiles.means("*.csv", "b/a.csv"))
    #expect(!ResultFiles.means("*.csv", ".a.csv"))
    #expect(ResultFiles.means("b/*.csv", "b/a.csv"))
  }

  private func read(_ text: String) throws -> (CommandSection, [String]) {
    var reader = ConfigurationReader(
      path: "conf/config.yaml",
      source: ConfigurationSource(environment: ["KEY": "geheim"], read: { _, _ in .failure(.missing) }),
      purpose: .working, sectionsOfWork: [], table: { [] })
    let root = try #require(YAMLDocument(reading: Array(text.utf8)).root)
    let section: CommandSection = reader.section(root, path: "sources.x")
    return (section, reader.findings.map(\.message.plain))
  }

  @Test("a section is read whole")
  func section() throws {
    let (section, findings) = try read(
      """
      kind: command
      command: [python3, flows/x.py, "--tipo={tipo}", "{folder}"]
      parameters: {tipo: [reag, master]}
      environment: {USER_KEY: "${KEY}"}
      result: {file: "*.csv", format: csv, delimiter: ";", encoding: latin1}
      exits: {empty: [98]}
      """)
    #expect(findings == [])
    #expect(section.command.count == 4 && section.environment.first?.value.reveal() == "geheim")
    #expect(section.result.file == "*.csv" && section.result.format.kind == .csv)
    #expect(section.exits.exits.empty == [98] && section.exits.exits.stop == [77, 78])
    #expect(section.effective.directory == "conf/.")
  }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      (
        "{kind: command, command: [x, \"${KEY}\"]}",
        "sources.x.command[1] must hold no variable, for everyone on the machine sees a program's arguments; give KEY to the program under environment"
      ),
      ("{kind: command, command: []}", "sources.x.command names no program"),
      ("{kind: command}", "sources.x.command is missing"),
      (
        "{kind: command, command: [x], exits: {wait: [99]}}",
        "sources.x.exits.wait has 99, which is in empty already; each code means one thing"
      ),
      ("{kind: command, command: [x], exits: {stop: [0]}}", "sources.x.exits.stop[0] must be 1...255, got 0"),
      (
        "{kind: command, command: [x], result: {file: ../x}}",
        "sources.x.result.file must be a name below the program's folder, like *.csv or data/*.json, got ../x"
      ),
      (
        "{kind: command, command: [x], keep: [\"*.pdf\", /etc/passwd]}",
        "sources.x.keep[1] must be a name below the program's folder, like *.csv or data/*.json, got /etc/passwd"
      ),
      (
        "{kind: command, command: [x], environment: {MISSION_ID: a}}",
        "sources.x.environment.MISSION_ID must not begin with MISSION_: those are set for the program"
      ),
    ])
  func wrong(text: String, message: String) throws {
    #expect(try read(text).1 == [message])
  }

  @Test("an unknown placeholder is told")
  func placeholder() throws {
    let findings = try read("{kind: command, command: [x, \"{date_begin}\"]}").1
    #expect(findings.count == 1 && findings[0].contains("{date_begin}"))
  }
}
