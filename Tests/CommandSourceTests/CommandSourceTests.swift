import ChildProcesses
import Foundation
import MissionCore
import Placeholders
import Ports
import SourceSuite
import TestSupport
import Testing

@testable import CommandSource

@Suite("Programs as a source", .timeLimit(.minutes(5)), .serialized)
struct CommandSourceTests {
  @Test("keep every rule of a source")
  func conformance() async throws {
    let site = try ProgramSite()
    try await SourceConformance(site).runAll()
  }

  private func completed(_ look: Result<JobLook, SourceFailure>) -> ScrapedResult? {
    if case .success(.completed(let result)) = look { return result }
    return nil
  }

  @Test("exit codes mean what the contract says")
  func exits() async throws {
    let site = try ProgramSite()
    #expect(completed(await site.outcome("echo '[{\"id\":1}]'"))?.adsCount == 1)
    #expect(completed(await site.outcome("echo '[{}]'; exit 99"))?.adsCount == 0)
    guard case .success(.putOff(let later)) = await site.outcome("echo not now >&2; exit 75") else {
      return #expect(Bool(false))
    }
    #expect(later.plain == "the program asks to be started again later (exit code 75): not now")
    for code in [77, 78] {
      guard case .failure(let stop) = await site.outcome("exit \(code)") else { return #expect(Bool(false)) }
      #expect(stop.kind == .unavailable)
    }
    guard case .success(.failed(let failed)) = await site.outcome("printf 'one\\ntwo\\n\\n' >&2; exit 3")
    else {
      return #expect(Bool(false))
    }
    #expect(failed.plain == "the program ended with exit code 3: two")
    guard case .success(.cancelled(let signal)) = await site.outcome("kill -9 $$") else {
      return #expect(Bool(false))
    }
    #expect(signal.plain.hasPrefix("the program was ended by signal 9"))
  }

  @Test("what is no result is refused with where and what")
  func wrongResults() async throws {
    let site = try ProgramSite { $0.format.kind = .lines }
    guard case .failure(let wrong) = await site.outcome("echo '{}'; echo '[]'") else {
      return #expect(Bool(false))
    }
    #expect(wrong.kind == .unusable)
    #expect(wrong.message == "standard output: line 2: not an object at byte 3")
    // What was written counts for nothing when the program did not end well.
    guard case .success(.failed) = await site.outcome("echo '[]'; exit 1") else {
      return #expect(Bool(false))
    }
    guard case .failure = await (try ProgramSite()).outcome("exit 0") else { return #expect(Bool(false)) }
  }

  @Test("a large result goes through the part file, byte for byte")
  func large() async throws {
    let site = try ProgramSite { $0.format.kind = .lines }
    let result = completed(
      await site.outcome(
        "i=0; while [ $i -lt 20000 ]; do echo \"{\\\"id\\\":$i,\\\"x\\\":\\\"0123456789abcdef\\\"}\"; i=$((i+1)); done"
      ))
    #expect(result?.adsCount == 20000)
    #expect((result?.size ?? 0) > Int64(ResultSink.mostInMemory))
  }

  @Test("a result over the limit ends its program at once, and for good")
  func tooLarge() async throws {
    let site = try ProgramSite { $0.maxResultSize = 100_000 }
    guard
      case .failure(let failure) = await site.outcome("trap '' PIPE; while true; do echo 0123456789; done")
    else {
      return #expect(Bool(false))
    }
    #expect(failure.kind == .tooLarge)
    #expect(site.folder.names(in: "spool").allSatisfy { !$0.hasSuffix(".part") })
  }

  @Test("arguments and environment hold the mission, and no shell reads them")
  func arguments() async throws {
    let site = try ProgramSite {
      $0.command =
        ["/bin/sh", "program.sh"].map { Template(text: $0) }
        + [Template([.text("$(x) "), .placeholder("date_start")]), Template([.placeholder("folder")])]
      $0.environment = [("TOKEN", Secret("geheim-123"))]
    }
    let script = """
      [ "$1" = '$(x) 2024-10-05' ] || exit 11
      [ "$2" = "$MISSION_FOLDER" ] && [ -d "$2" ] && [ "$(stat -c %a "$2")" = 700 ] || exit 12
      [ "$TOKEN" = geheim-123 ] && [ "$MISSION_DATE_START" = 2024-10-05 ] && [ "$MISSION_ATTEMPT" = 1 ] || exit 13
      [ "$(pwd -P)" = "$(cd "$(dirname "$0")" && pwd -P)" ] || exit 14
      [ -z "$MC_TEST_LEAK" ] || exit 15
      echo '[]'
      """
    setenv("MC_TEST_LEAK", "1", 1)
    let look = await site.outcome(script, mission: 1)
    #expect(completed(look)?.adsCount == 0, "\(look)")
  }

  @Test("an argument that would be an option of the program is refused")
  func options() async throws {
    let site = try ProgramSite {
      $0.command.append(Template([.placeholder("q")]))
      $0.declared = ["q"]
    }
    let start = MissionStart(
      mission: MissionID(high: 9, low: 9),
      parameters: MissionParameters(
        dateStart: CalendarDay(daysSinceEpoch: 20_000), dateEnd: CalendarDay(daysSinceEpoch: 20_000),
        mediaType: nil, languages: [], values: ParameterValues([.init(name: "q", value: .text("--delete"))])),
      token: "00000000000000aa")
    guard case .failure(let failure) = await site.start(start) else { return #expect(Bool(false)) }
    #expect(failure.message.plain.contains("begins with `-`"))
  }

  @Test("files of the program's folder are the result, in the order of their bytes")
  func files() async throws {
    let site = try ProgramSite {
      $0.format.kind = .csv
      $0.files = "*.csv"
    }
    let look = await site.outcome(
      "cd $MISSION_FOLDER; printf 'a\\n2\\n' > b.csv; printf 'a\\n1\\n' > a.csv; echo x > c.txt; echo told")
    #expect(completed(look)?.adsCount == 2)
    guard case .failure(let none) = await site.outcome("exit 0") else { return #expect(Bool(false)) }
    #expect(none.message == "no file of the program's folder matches *.csv")
    guard case .failure(let link) = await site.outcome("ln -s /etc/passwd $MISSION_FOLDER/x.csv") else {
      return #expect(Bool(false))
    }
    #expect(link.message.plain.contains("is a symbolic link"))
    let replacing = "rmdir $MISSION_FOLDER; ln -s $PWD $MISSION_FOLDER; echo a > x.csv"
    guard case .failure(let replaced) = await site.outcome(replacing) else { return #expect(Bool(false)) }
    #expect(replaced.message == "the program put something else in the place of its folder")
    guard case .failure(let gone) = await site.outcome("rmdir $MISSION_FOLDER") else {
      return #expect(Bool(false))
    }
    #expect(gone.message.plain.hasPrefix("the program's folder cannot be read: "))
    guard case .failure(let pipe) = await site.outcome("mkfifo $MISSION_FOLDER/x.csv") else {
      return #expect(Bool(false))
    }
    #expect(pipe.message.plain.contains("is not a regular file"))
    guard case .failure(let wrong) = await site.outcome("printf 'a,b\\n1\\n' > $MISSION_FOLDER/x.csv") else {
      return #expect(Bool(false))
    }
    #expect(wrong.message.plain.hasPrefix("x.csv: row 2, field 1: the row ends here"))
  }

  @Test("secrets in what a program says are masked everywhere, and its end is kept")
  func secrets() async throws {
    let site = try ProgramSite { $0.redactor = Redactor(secrets: [Secret("geheim-123")]) }
    guard case .success(.failed(let message)) = await site.outcome("echo the key is geheim-123 >&2; exit 1")
    else {
      return #expect(Bool(false))
    }
    #expect(message.plain.hasSuffix(": the key is ***"))
    site.programs.close()
    let id = site.request(1).mission
    #expect(
      String(decoding: site.folder.bytes("state/work/\(id)/1.log") ?? [], as: UTF8.self) == "the key is ***\n"
    )
    #expect(
      site.lines.withLock { $0 }.map { ForeignWords.plain($0) }.contains { $0.hasSuffix(": the key is ***") })
  }

  @Test("an endless standard error takes no memory, and its last 64 KiB are kept from a whole line on")
  func muchError() async throws {
    let site = try ProgramSite()
    _ = await site.outcome(
      "i=0; while [ $i -lt 40000 ]; do echo \"line $i of many\"; i=$((i+1)); done >&2; exit 1")
    site.programs.close()
    let kept = String(
      decoding: site.folder.bytes("state/work/\(site.request(1).mission)/1.log") ?? [], as: UTF8.self)
    #expect(kept.utf8.count <= 64 << 10 && kept.utf8.count > 60 << 10)
    #expect(kept.hasPrefix("line ") && kept.hasSuffix("line 39999 of many\n"))
  }

  @Test("what forks and ends leaves nothing behind, whichever session it is in, and its pipes do not hold us")
  func leftovers() async throws {
    let site = try ProgramSite()
    let look = await site.outcome("setsid sleep 1000 & sleep 1000 & echo '[]'")
    #expect(completed(look)?.adsCount == 0)
    #expect(Self.survivors(site).isEmpty)
  }

  @Test("what is left with an environment of its own is ended as well, once nothing else of ours runs")
  func clearedEnvironments() async throws {
    let site = try ProgramSite()
    let look = await site.outcome(
      """
      env -i A=b setsid sh -c 'echo $$ > left; exec sleep 1000' >&2 &
      while ! [ -s left ]; do :; done
      echo '[]'
      """)
    #expect(completed(look)?.adsCount == 0)
    let left = String(decoding: site.folder.bytes("left") ?? [], as: UTF8.self)
    let process = try #require(pid_t(left.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(ProcessTable().process(process)?.isEnded != false)
  }

  @Test("what was left with another environment while others ran is ended in the end")
  func clearedEnvironmentsInTheEnd() async throws {
    let site = try ProgramSite()
    site.write(
      """
      case $MISSION_DATE_START in
      2024-10-05)
        env -i A=b setsid sh -c 'echo $$ > left; exec sleep 1000' >&2 &
        until [ -e second ]; do sleep 0.01; done;;
      *) touch second; until [ -e third ]; do sleep 0.01; done;;
      esac
      echo '[]'
      """)
    let (first, second) = (site.request(1), site.request(2))
    _ = await site.start(first)
    var left = ""
    while left.isEmpty {
      _ = await site.look(first, atMost: .milliseconds(10))
      left = String(decoding: site.folder.bytes("left") ?? [], as: UTF8.self)
    }
    let process = try #require(pid_t(left.trimmingCharacters(in: .whitespacesAndNewlines)))
    _ = await site.start(second)
    #expect(completed(await site.look(first))?.adsCount == 0)
    try Data().write(to: URL(fileURLWithPath: site.folder.path + "/third"))
    #expect(completed(await site.look(second))?.adsCount == 0)
    site.programs.close()
    #expect(ProcessTable().process(process)?.isEnded != false)
  }

  @Test("what does not listen to SIGTERM is made to end when it is cancelled")
  func cancelled() async throws {
    let site = try ProgramSite()
    site.write("echo ready > ready; exec sleep 1000")
    let request = site.request(1)
    _ = await site.start(request)
    #expect(
      await site.look(request, atMost: .milliseconds(1))
        == .success(.waiting(status: "running", isKnown: true)))
    #expect(await site.cancel(request))
    #expect(Self.survivors(site).isEmpty)
  }

  @Test("closing ends everything within its time, also what does not listen")
  func closing() async throws {
    let site = try ProgramSite()
    site.write(
      "trap '' TERM; setsid sh -c \"trap '' TERM; sleep 1000\" & touch $MISSION_FOLDER/ready; while true; do sleep 1; done"
    )
    let request = site.request(1)
    _ = await site.start(request)
    while site.folder.bytes("state/work/\(request.mission)/1/ready") == nil {
      _ = await site.look(request, atMost: .milliseconds(10))
    }
    let began = ContinuousClock.now
    site.programs.close()
    #expect(ContinuousClock.now - began < .seconds(5))
    #expect(Self.survivors(site).isEmpty)
  }

  @Test("what lives on of a run that is gone is ended before its job is told to be unknown")
  func earlierRuns() async throws {
    let site = try ProgramSite()
    let request = site.request(1)
    let orphan = Process()
    orphan.executableURL = URL(fileURLWithPath: "/bin/sleep")
    orphan.arguments = ["1000"]
    orphan.environment = [CommandSettings.marker: request.token]
    try orphan.run()
    guard case .failure(let failure) = await site.look(request) else { return #expect(Bool(false)) }
    #expect(failure.kind == .notFound)
    orphan.waitUntilExit()
    #expect(orphan.terminationReason == .uncaughtSignal)
  }

  @Test("a program that is not there sets the source aside")
  func missing() async throws {
    let site = try ProgramSite { $0.command = [Template(text: "no-such-program")] }
    guard case .failure(let failure) = await site.start(site.request(1)) else { return #expect(Bool(false)) }
    #expect(failure.kind == .unavailable)
  }

  @Test("a folder is new for each attempt, and goes when the mission is done")
  func folders() async throws {
    let site = try ProgramSite()
    site.write("ls $MISSION_FOLDER | grep -q . && exit 5; touch $MISSION_FOLDER/x; echo '[]'")
    for attempt in [1, 1, 2] {
      let request = site.request(1, attempt: attempt)
      _ = await site.start(request)
      #expect(completed(await site.look(request))?.adsCount == 0)
    }
    let id = site.request(1).mission
    #expect(site.folder.names(in: "state/work/\(id)") == ["2"])
    site.programs.forget(id)
    site.programs.close()
    #expect(site.folder.names(in: "state/work") == [])
  }

  @Test("an empty folder of a mission that is done is given to a later one, for whichever attempt")
  func spareFolders() throws {
    let place = TemporaryFolder()
    let folders = WorkFolders(root: place.path + "/work", Orphans())
    let missions = (1...3).map { MissionID(high: 9, low: $0) }
    let first = try folders.make(missions[0], attempt: 1, keepsEarlier: false)
    let identity = Self.identity(first)
    folders.remove(missions[0])
    let second = try folders.make(missions[1], attempt: 2, keepsEarlier: false)
    #expect(second == "\(place.path)/work/\(missions[1])/2" && Self.identity(second) == identity)
    #expect(place.names(in: "work") == ["\(missions[1])"])
    // One that has a folder already gets an empty one, and what is spare serves the next.
    let old = try folders.make(missions[2], attempt: 1, keepsEarlier: false)
    #expect(creat(old + "/x", 0o600) >= 0)
    folders.remove(missions[1])
    let third = try folders.make(missions[2], attempt: 2, keepsEarlier: false)
    #expect(place.names(in: "work/\(missions[2])") == ["2"] && place.names(in: "work/\(missions[2])/2") == [])
    #expect(Self.identity(third) != identity)
    #expect(Self.identity(try folders.make(missions[0], attempt: 1, keepsEarlier: false)) == identity)
    folders.remove(missions[0])
    folders.removeSpare()
    #expect(place.names(in: "work") == ["\(missions[2])"])
  }

  @Test("a folder with anything in it, or whose rights were changed, is given to nobody")
  func usedFolders() throws {
    let place = TemporaryFolder()
    let folders = WorkFolders(root: place.path + "/work", Orphans())
    let uses: [(String) -> Void] = [
      { mkdir($0 + "/.hidden", 0o700) }, { chmod($0, 0o755) }, { chmod($0 + "/..", 0o1700) },
      { creat($0 + "/../1.log", 0o600) }, { symlink("/tmp", $0 + "/link") },
    ]
    for (number, use) in uses.enumerated() {
      let mission = MissionID(high: 9, low: UInt64(number))
      use(try folders.make(mission, attempt: 1, keepsEarlier: false))
      folders.remove(mission)
      #expect(place.names(in: "work") == [], "use \(number)")
    }
  }

  private static func identity(_ path: String) -> UInt64 {
    var status = stat()
    return lstat(path, &status) == 0 ? UInt64(status.st_ino) : 0
  }

  @Test("a thousand programs one after the other")
  func thousand() async throws {
    let site = try ProgramSite()
    site.write("echo '[]'")
    for mission in 1...250 {
      await withTaskGroup(of: Bool.self) { group in
        for lane in 0..<4 {
          group.addTask {
            let request = site.request(mission * 4 + lane)
            _ = await site.start(request)
            if case .success(.completed) = await site.look(request) { return true }
            return false
          }
        }
        for await isCompleted in group { #expect(isCompleted) }
      }
    }
  }

  /// Processes of the site's programs that still run.
  private static func survivors(_ site: ProgramSite) -> [ProcessFacts] {
    let prefix = "MISSION_FOLDER=\(site.folder.path)/state/work"
    return ProcessTable().all(markers: []).filter { process in
      guard !process.isEnded,
        let environment = FileManager.default.contents(atPath: "/proc/\(process.id)/environ")
      else { return false }
      return String(decoding: environment, as: UTF8.self).contains(prefix)
    }
  }
}
