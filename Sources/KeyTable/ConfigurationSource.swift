import Files
import Glibc
import MissionCore

/// Where a configuration takes files and variables from; tests give their own.
public struct ConfigurationSource: Sendable {
  public let environment: [String: String]
  /// The bytes of the file at a path, refused when there are more than the limit.
  public let read: @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileFailure>

  /// The wall clock, which says what day today is.
  package let now: @Sendable () -> Timestamp

  public init(
    environment: [String: String], now: @escaping @Sendable () -> Timestamp = ConfigurationSource.wallClock,
    read: @escaping @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileFailure>
  ) {
    self.environment = environment
    self.now = now
    self.read = read
  }

  /// The machine's files.
  public static func files(
    environment: [String: String], now: @escaping @Sendable () -> Timestamp = ConfigurationSource.wallClock
  ) -> ConfigurationSource {
    ConfigurationSource(environment: environment, now: now, read: readFile)
  }

  /// The machine's clock.
  @Sendable public static func wallClock() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// The environment of this process.
  public static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return variables
  }

  /// Why a file could not be read.
  public enum FileFailure: Error, Hashable, Sendable, MessageConvertible {
    case missing
    case directory
    /// What it is instead of a file: opening it could wait for ever.
    case notRegular(kind: Kind)
    case tooLarge(limit: Int)
    case system(errno: Int32)

    public var message: Message {
      switch self {
      case .missing: return "does not exist"
      case .directory: return "is a folder, not a file"
      case .notRegular(.pipe): return "is a named pipe, not a regular file"
      case .notRegular(.socket): return "is a socket, not a regular file"
      case .notRegular(.device): return "is a device, not a regular file"
      case .tooLarge(let limit): return "is larger than \(limit) bytes"
      case .system(let code): return "cannot be read: \(Errno(code))"
      }
    }

    /// What a path can lead to besides files and folders.
    public enum Kind: Sendable {
      case pipe, socket, device
    }

    package init(errno code: Int32) {
      switch code {
      case ENOENT, ENOTDIR: self = .missing
      case EISDIR: self = .directory
      case ENXIO: self = .notRegular(kind: .socket)
      default: self = .system(errno: code)
      }
    }
  }

  private static func refusal(_ descriptor: Int32) -> FileFailure? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return FileFailure(errno: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR: return .directory
    case S_IFIFO: return .notRegular(kind: .pipe)
    case S_IFSOCK: return .notRegular(kind: .socket)
    default: return .notRegular(kind: .device)
    }
  }

  private static func readFile(_ path: String, limit: Int) -> Result<[UInt8], FileFailure> {
    // Never waits for somebody who writes: a pipe is opened at once and refused.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return .failure(FileFailure(errno: errno)) }
    defer { close(descriptor) }
    if let failure = refusal(descriptor) { return .failure(failure) }
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var filled = 0
    while true {
      if filled == bytes.count { bytes.append(contentsOf: [UInt8](repeating: 0, count: bytes.count)) }
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress! + filled, $0.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failure(FileFailure(errno: errno)) }
      filled += count
      guard filled <= limit else { return .failure(.tooLarge(limit: limit)) }
      if count == 0 { return .success(Array(bytes.prefix(filled))) }
    }
  }
}
