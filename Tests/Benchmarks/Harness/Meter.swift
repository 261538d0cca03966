/// How a program is started so that what it asks of the system is counted, or so that its disk is slower.
struct Meter {
  /// Words in front of the program's path.
  private(set) var prefix: [String] = []
  /// `NAME=value` each.
  private(set) var environment: [String] = []

  static let none = Meter()

  /// Counts system calls into a file at `path`, for `systemCalls`. The program is much slower meanwhile.
  static func systemCalls(into path: String) -> Meter {
    Meter(prefix: ["/usr/bin/strace", "-f", "-c", "-U", "calls,name", "-o", path])
  }

  /// What a run under `systemCalls(into:)` counted.
  static func systemCalls(from path: String) throws(BenchmarkFailure) -> Double {
    let lines = try TextFile.read(path).split(separator: "\n")
    guard let total = lines.last(where: { $0.hasSuffix(" total") }),
      let calls = total.split(separator: " ").first.flatMap({ Double($0) })
    else { throw BenchmarkFailure("\(path) holds no count of system calls") }
    return calls
  }

  /// Counts through the preloaded `library` (Tests/disk-meter.c) into a file at `path`, for `disk`.
  ///
  /// - Parameter delay: how much longer each sync takes, in microseconds.
  static func disk(_ library: String, into path: String, delay: Int = 0) -> Meter {
    Meter(environment: ["LD_PRELOAD=\(library)", "DISK_METER=\(path)", "DISK_DELAY=\(delay)"])
  }

  /// What a run under `disk` counted.
  static func disk(from path: String) throws(BenchmarkFailure) -> (syncs: Double, logBytes: Double) {
    let bytes = try TextFile.bytes(path)
    guard bytes.count == 16 else { throw BenchmarkFailure("\(path) holds no counts of the disk") }
    return bytes.withUnsafeBytes {
      (Double($0.loadUnaligned(as: Int64.self)), Double($0.loadUnaligned(fromByteOffset: 8, as: Int64.self)))
    }
  }
}
