import Glibc

/// Where a configuration takes files and variables from; tests give their own.
public struct ConfigurationSource: Sendable {
  public let environment: [String: String]
  /// The bytes of the file at a path, refused when there are more than the limit.
  public let read: @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileFailure>

  public init(
    environment: [String: String],
    read: @escaping @Sendable (_ path: String, _ limit: Int) -> Result<[UInt8], FileFailure>
  ) {
    self.environment = environment
    self.read = read
  }

  /// The machine's files.
  public static func files(environment: [String: String]) -> ConfigurationSource {
    ConfigurationSource(environment: environment, read: readFile)
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
  public enum FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    case directory
    case tooLarge(limit: Int)
    case system(errno: Int32)

    public var description: String {
      switch self {
      case .missing: return "does not exist"
      case .directory: return "is a folder, not a file"
      case .tooLarge(let limit): return "is larger than \(limit) bytes"
      case .system(let code): return "cannot be read: \(String(cString: strerror(code)))"
      }
    }

    init(errno code: Int32) {
      switch code {
      case ENOENT, ENOTDIR: self = .missing
      case EISDIR: self = .directory
      default: self = .system(errno: code)
      }
    }
  }

  private static func readFile(_ path: String, limit: Int) -> Result<[UInt8], FileFailure> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(FileFailure(errno: errno)) }
    defer { close(descriptor) }
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
