import Glibc

/// Starts a program again and again and waits for its end, some at once: `posix_spawn` and `waitpid`, nothing else.
enum BarePrograms {
  static func run(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    let count = try arguments.number("count")
    let concurrency = try arguments.number("concurrency")
    var started = 0
    for _ in 0..<min(concurrency, count) {
      try start()
      started += 1
    }
    for _ in 0..<count {
      var status: Int32 = 0
      guard waitpid(-1, &status, 0) > 0 else { throw .system("waitpid") }
      try expect(status, 0, "status of /bin/true")
      guard started < count else { continue }
      try start()
      started += 1
    }
  }

  private static func start() throws(BenchmarkFailure) {
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
    defer { free(words[0]) }
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    var process: pid_t = 0
    let result = posix_spawn(&process, "/bin/true", nil, nil, &words, &environment)
    guard result == 0 else { throw BenchmarkFailure("/bin/true: \(String(cString: strerror(result)))") }
  }
}
