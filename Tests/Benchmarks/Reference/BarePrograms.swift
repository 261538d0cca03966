import Glibc

/// A bare loop of `posix_spawn` and `waitpid`: starts a program again and again, each time waiting for its end.
enum BarePrograms {
  static func run(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    var words: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
    defer { free(words[0]) }
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    for _ in 0..<(try arguments.number("count")) {
      var process: pid_t = 0
      let result = posix_spawn(&process, "/bin/true", nil, nil, &words, &environment)
      guard result == 0 else { throw BenchmarkFailure("/bin/true: \(String(cString: strerror(result)))") }
      var status: Int32 = 0
      guard waitpid(process, &status, 0) == process else { throw .system("waitpid") }
      try expect(status, 0, "status of /bin/true")
    }
  }
}
