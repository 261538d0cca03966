import Files
import Glibc
import Testing
import Threads

@testable import ChildProcesses

@Suite("Programs are started with nothing but what is said", .timeLimit(.minutes(1)), .serialized)
struct ChildProgramTests {
  private func start(
    _ script: String, environment: [String] = ["PATH=/usr/bin:/bin"], directory: String = "/"
  ) throws -> ChildProcess {
    try ChildProgram(
      path: "/bin/sh", arguments: ["sh", "-c", script], environment: environment, directory: directory
    ).start()
  }

  private func end(_ process: ChildProcess) -> (ChildEnd?, String, String) {
    let output = text(process.output)
    let error = text(process.error)
    var descriptor = pollfd(fd: process.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&descriptor, 1, -1)
    let end = process.end()
    close(process.descriptor)
    return (end, output, error)
  }

  private func text(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 { bytes += buffer[..<count] }
      if count == 0 { break }
      if count < 0 {
        guard errno == EAGAIN || errno == EINTR else { break }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, -1)
      }
    }
    close(descriptor)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("its outputs, its exit code, its directory, exactly its environment, an empty standard input")
  func all() throws {
    let (status, output, error) = end(
      try start(
        "pwd; env | grep -v -e '^PWD=' -e '^_=' -e '^SHLVL=' -e OLDPWD; cat; echo wrong >&2; exit 7",
        environment: ["PATH=/usr/bin:/bin", "A=b c"], directory: "/usr"))
    #expect(status == .exited(7))
    #expect(output.split(separator: "\n").sorted() == ["/usr", "A=b c", "PATH=/usr/bin:/bin"])
    #expect(error == "wrong\n")
  }

  @Test("no descriptor of ours besides its three, not even one that is not closed at exec")
  func descriptors() throws {
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    let (_, output, _) = end(try start("ls /proc/self/fd | tr '\\n' ' '"))
    // The fourth is the listing's own.
    #expect(output == "0 1 2 3 ")
  }

  @Test("a session and a group of its own, no signal ignored")
  func session() throws {
    signal(SIGPIPE, SIG_IGN)
    let process = try start(
      "ps -o pid=,pgid=,sid= -p $$ || cut -d' ' -f1,5,6 /proc/$$/stat; grep SigIgn /proc/$$/status")
    let (_, output, _) = end(process)
    let words = output.split(whereSeparator: { " \n\t".contains($0) })
    #expect(words.prefix(3).allSatisfy { $0 == "\(process.id)" })
    // The two behind the ordinary ones are the C library's own.
    #expect(words.last.flatMap { UInt64($0, radix: 16) }.map { $0 & 0x7FFF_FFFF } == 0)
  }

  @Test("a signal that ended it is told")
  func killed() throws {
    let process = try start("kill -9 $$")
    #expect(end(process).0 == .killed(signal: 9))
  }

  private func failure(_ program: ChildProgram) -> Errno? {
    do throws(Errno) { _ = try program.start() } catch { return error }
    return nil
  }

  @Test("what cannot be started says why")
  func missing() {
    let program = ChildProgram(path: "/nowhere", arguments: ["x"], environment: [], directory: "/")
    #expect(failure(program) == Errno(ENOENT))
    let folder = ChildProgram(path: "/usr", arguments: ["x"], environment: [], directory: "/")
    #expect(failure(folder) == Errno(EACCES))
  }

  @Test("a marked process is found in /proc and ended, also in another session")
  func found() throws {
    let token = "\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let process = try start(
      "setsid sleep 1000 >/dev/null 2>&1 & echo started; exit 0",
      environment: ["PATH=/usr/bin:/bin", "MARK=\(token)"])
    #expect(end(process).1 == "started\n")
    let table = ProcessTable()
    var ender = ProgramEnder(markers: ["MARK=\(token)"], program: process.id, patience: .seconds(60))
    #expect(ender.step(table, now: .now) == .going)
    while ender.step(table, now: .now) != .gone { Moment.sleep(for: .milliseconds(5)) }
    #expect(!table.all(markers: ["MARK=\(token)"]).contains { $0.carriesMarker == true && !$0.isEnded })
  }

  @Test("what does not listen is made to end when its time is over")
  func stubborn() throws {
    let token = "\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let process = try start(
      "trap '' TERM; (trap '' TERM; sleep 1000 & wait) & echo ready; wait",
      environment: ["PATH=/usr/bin:/bin", "MARK=\(token)"])
    var waiting = pollfd(fd: process.output, events: Int16(POLLIN), revents: 0)
    poll(&waiting, 1, -1)
    let table = ProcessTable()
    var ender = ProgramEnder(markers: ["MARK=\(token)"], program: process.id, patience: .seconds(60))
    #expect(ender.step(table, now: .now) == .going)
    // Later, as its clock has it.
    while ender.step(table, now: .now + .seconds(61)) != .gone { Moment.sleep(for: .milliseconds(5)) }
    #expect(end(process).0 == .killed(signal: 9))
  }

  @Test("orphans come to us, are seen, and are taken away when they have ended")
  func orphans() throws {
    let orphans = Orphans()
    let token = "\(getpid())-\(UInt64.random(in: 0 ... .max))"
    let process = try start(
      "sleep 1000 >/dev/null 2>&1 & exit 0", environment: ["PATH=/usr/bin:/bin", "MARK=\(token)"])
    #expect(end(process).0 == .exited(0))
    #expect(orphans.areThere() == true)
    var ender = ProgramEnder(markers: ["MARK=\(token)"], program: process.id, patience: .zero)
    while ender.step(ProcessTable(), now: .now) != .gone { Moment.sleep(for: .milliseconds(5)) }
    #expect(orphans.areThere() == false)
    #expect(!ProcessTable().all(markers: ["MARK=\(token)"]).contains { $0.carriesMarker == true })
  }

  @Test("many programs are waited for together, and each tells by its own key, until it is closed")
  func watched() throws {
    let watch = try DescriptorWatch()
    let processes = try (0..<100).map { _ in try start("read line") }
    var told: Set<UInt64> = []
    for (number, process) in processes.enumerated() {
      try watch.add(process.descriptor, key: UInt64(number) * 4 + 2)
    }
    while told.count < processes.count {
      for key in watch.wait(milliseconds: 10_000) where told.insert(key).inserted {
        #expect(end(processes[Int(key / 4)]).0 == .exited(1))
      }
    }
    #expect(told == Set((0..<100).map { UInt64($0) * 4 + 2 }))
    #expect(watch.wait(milliseconds: 0).isEmpty)
  }

  @Test("programs of ours that run are no orphans, and the news of their ends are left alone")
  func noOrphans() throws {
    let orphans = Orphans()
    let process = try start("exec sleep 1000")
    #expect(orphans.areThere() == false)
    kill(process.id, SIGKILL)
    var waiting = pollfd(fd: process.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&waiting, 1, -1)
    #expect(orphans.areThere() == false)
    #expect(end(process).0 == .killed(signal: 9))
  }
}
