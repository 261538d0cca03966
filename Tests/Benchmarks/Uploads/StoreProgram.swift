import Glibc

/// A running `rclone serve s3` with an empty bucket.
final class StoreProgram {
  static let bucket = "bucket"
  static let accessKey = "benchmark-access"
  static let secretKey = "benchmark-secret"

  let endpoint: String
  private let child: Child

  /// - Parameter data: where the bucket lies, best in memory.
  init(_ program: String, folder: String, data: String) throws(BenchmarkFailure) {
    try TextFile.makeFolder(data)
    try TextFile.makeFolder("\(data)/\(Self.bucket)")
    let port = try Self.freePort()
    endpoint = "http://127.0.0.1:\(port)"
    child = try Child(
      program,
      [
        "serve", "s3", data, "--addr", "127.0.0.1:\(port)", "--config", "/dev/null",
        "--auth-key", "\(Self.accessKey),\(Self.secretKey)",
      ], record: "\(folder)/rclone", meter: Meter(environment: ["HOME=\(folder)"]))
    while !Self.answers(port) {
      try child.requireRunning()
      Clock.pause(milliseconds: 5)
    }
  }

  deinit { child.endNow() }

  private static func freePort() throws(BenchmarkFailure) -> UInt16 {
    var port: UInt16 = 0
    let isBound = withSocket(port: 0) { descriptor, address, length in
      guard bind(descriptor, address, length) == 0 else { return false }
      var length = length
      guard getsockname(descriptor, address, &length) == 0 else { return false }
      port = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        UInt16(bigEndian: $0.pointee.sin_port)
      }
      return true
    }
    guard isBound else { throw .system("a free port") }
    return port
  }

  private static func answers(_ port: UInt16) -> Bool {
    withSocket(port: port) { connect($0, $1, $2) == 0 }
  }

  private static func withSocket(
    port: UInt16, _ body: (Int32, UnsafeMutablePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    return withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
