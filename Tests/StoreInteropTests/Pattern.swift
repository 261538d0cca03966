import Crypto
import Foundation
import HTTP

/// Bytes that are known at every place, so that nothing has to be kept.
enum Pattern {
  /// A prime, so that no block of a server's begins alike.
  private static let period = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 7)) }

  static func bytes(at start: Int64, count: Int) -> [UInt8] {
    (0..<count).map { period[Int((start + Int64($0)) % Int64(period.count))] }
  }

  static func sha256(size: Int64) -> String {
    var hash = SHA256()
    let reader = Reader(size: size)
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while case let count = reader.fill(buffer), count > 0 {
        hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    return hash.finalizeHex()
  }

  static func sha256(file path: String) throws -> String {
    var hash = SHA256()
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    data.withUnsafeBytes { hash.update($0) }
    return hash.finalizeHex()
  }

  final class Reader: HTTPBodyReader {
    private let size: Int64
    private var at: Int64 = 0

    init(size: Int64) { self.size = size }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
      let count = Int(min(Int64(buffer.count), size - at))
      var filled = 0
      while filled < count {
        let place = Int((at + Int64(filled)) % Int64(Pattern.period.count))
        let piece = min(count - filled, Pattern.period.count - place)
        Pattern.period.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + piece])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[place..<place + piece]))
        }
        filled += piece
      }
      at += Int64(count)
      return count
    }
  }
}

/// How much memory this process has taken at most since this was made.
struct PeakMemory {
  private let before: Int

  init() {
    // 5 sets the kernel's VmHWM back to what is in use now (proc_pid_clear_refs(5)).
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    before = Self.bytes("VmRSS:")
  }

  func growth() -> Int { Self.bytes("VmHWM:") - before }

  private static func bytes(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? .max) * 1024
  }
}
