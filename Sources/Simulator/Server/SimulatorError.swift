import Files
import Glibc

/// Why the simulator cannot start or go on.
public enum SimulatorError: Error, Equatable, CustomStringConvertible {
  /// The command line is wrong.
  case usage(String)
  case cannotListen(port: UInt16, code: Int32)
  case system(call: String, code: Int32)
  case library(String)
  case file(path: String, operation: String, code: Int32)
  case script(path: String, reason: String)

  public var description: String {
    switch self {
    case .usage(let reason): return "\(reason); --help lists the options"
    case .cannotListen(let port, let code): return "cannot listen on 127.0.0.1:\(port): \(Self.text(code))"
    case .system(let call, let code): return "\(call) failed: \(Self.text(code))"
    case .library(let reason): return reason
    case .file(let path, let operation, let code): return "cannot \(operation) \(path): \(Self.text(code))"
    case .script(let path, let reason): return "\(path): \(reason)"
    }
  }

  /// The exit code that tells a script which kind it is (sysexits.h).
  public var exitCode: Int32 {
    switch self {
    case .usage: return EX_USAGE
    case .cannotListen: return EX_UNAVAILABLE
    case .system, .library: return EX_OSERR
    case .file: return EX_CANTCREAT
    case .script: return EX_DATAERR
    }
  }

  static func text(_ code: Int32) -> String { Errno(code).description }
}
