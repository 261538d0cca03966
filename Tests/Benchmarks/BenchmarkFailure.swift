import Glibc

/// Why nothing can be measured: a program failed, or left work undone.
struct BenchmarkFailure: Error {
  let reason: String
  var isUsage = false

  init(_ reason: String) { self.reason = reason }

  static func usage(_ reason: String) -> BenchmarkFailure {
    var failure = BenchmarkFailure(reason)
    failure.isUsage = true
    return failure
  }

  /// A system call failed; to be called before `errno` changes.
  static func system(_ what: String) -> BenchmarkFailure {
    BenchmarkFailure("\(what): \(String(cString: strerror(errno)))")
  }
}

/// Throws when `found` is not what the work should have left.
func expect<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws(BenchmarkFailure) {
  guard found == expected else {
    throw BenchmarkFailure("\(what): expected \(expected), found \(found)")
  }
}
