import Glibc

/// A program that runs beside the benchmarks, its outputs in files.
final class Child {
  let process: pid_t
  private let name: String
  private let outputPath: String
  private let errorPath: String
  private let began = Clock.seconds()
  private var hasEnded = false

  /// `record` is the path, without an ending, of the files that take its outputs.
  init(
    _ program: String, _ arguments: [String], record: String, meter: Meter = .none
  ) throws(BenchmarkFailure) {
    let all = meter.prefix + [program] + arguments
    let executable = all[0]
    name = "\(program.split(separator: "/").last ?? "") \(arguments.first ?? "")"
    (outputPath, errorPath) = (record + ".out", record + ".err")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errorPath, flags, 0o600)
    var words: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) } + [nil]
    var environment = (["PATH=/usr/bin:/bin"] + meter.environment).map { strdup($0) } + [nil]
    defer { for text in words + environment { free(text) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, executable, &actions, nil, &words, &environment)
    guard result == 0 else {
      throw BenchmarkFailure("cannot start \(executable): \(String(cString: strerror(result)))")
    }
    self.process = process
  }

  deinit { endNow() }

  /// Waits for its end, which must be as expected.
  ///
  /// The kernel lets a child's peak begin with that of the process that started it, so this program stays small.
  @discardableResult
  func end(expecting expected: Ending = .code(0)) throws(BenchmarkFailure) -> Expense {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw .system("waiting for \(name)") }
    }
    let wall = Clock.seconds() - began
    hasEnded = true
    let ending: Ending = status & 0x7F == 0 ? .code((status >> 8) & 0xFF) : .signal(status & 0x7F)
    guard ending == expected else {
      throw BenchmarkFailure("\(name) ended with \(ending), expected \(expected): \(errors)")
    }
    let cpu = Clock.seconds(usage.ru_utime) + Clock.seconds(usage.ru_stime)
    return Expense(
      wallSeconds: wall, cpuSeconds: cpu, peakBytes: Double(usage.ru_maxrss) * 1024,
      contextSwitches: Double(usage.ru_nvcsw + usage.ru_nivcsw))
  }

  /// Asks it to stop and waits for its end.
  func stop(expecting expected: Ending) throws(BenchmarkFailure) -> Expense {
    kill(process, SIGTERM)
    return try end(expecting: expected)
  }

  /// Ends it in any case; nothing when it has ended.
  func endNow() {
    guard !hasEnded else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    hasEnded = true
  }

  /// Whether it still runs; one that has ended cannot be waited for any more.
  func requireRunning() throws(BenchmarkFailure) {
    guard waitpid(process, nil, WNOHANG) == 0 else {
      hasEnded = true
      throw BenchmarkFailure("\(name) has ended too soon: \(errors)")
    }
  }

  /// Processor time so far.
  func cpuSeconds() throws(BenchmarkFailure) -> Double {
    // The name, which may hold spaces, ends with the last parenthesis; utime and stime are 11 and 12 after it.
    let text = try TextFile.read("/proc/\(process)/stat")
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      throw BenchmarkFailure("/proc/\(process)/stat is not understood")
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  func output() throws(BenchmarkFailure) -> String { try TextFile.read(outputPath) }

  private var errors: String {
    do throws(BenchmarkFailure) { return String(try TextFile.read(errorPath).suffix(1500)) } catch {
      return error.reason
    }
  }
}
