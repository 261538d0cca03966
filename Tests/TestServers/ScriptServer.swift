import Foundation
import Glibc
import Synchronization

/// A server that a script of this folder starts. The script holds a pipe of ours as its standard input and ends,
/// with everything it started, when that is closed: also when the tests crash.
public final class ScriptServer: Sendable {
  /// Why a server is not there, with its own words.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private let process: Mutex<Process>
  private let input: Int32
  /// What the script said when its server was ready: one line of JSON.
  public let description: String

  /// Starts `script` and waits until it is ready.
  public init(_ script: String, _ arguments: [String], python: String = ServerTools.path("python")) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(errno)))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (output, errors) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["\(ServerTools.scripts)/\(script)"] + arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"]
    process.standardInput = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
    process.standardOutput = output
    process.standardError = errors
    input = ends[1]
    do { try process.run() } catch {
      close(ends[1])
      throw Failure(description: "\(python) cannot be started: \(error)")
    }
    description = Self.line(output.fileHandleForReading)
    self.process = Mutex(process)
    guard !description.isEmpty else {
      close(ends[1])
      let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      throw Failure(description: "\(script) did not become ready: \(words)")
    }
  }

  deinit { stop() }

  /// Ends the server and waits for it; once.
  public func stop() {
    process.withLock { process in
      guard process.isRunning else { return }
      close(input)
      process.waitUntilExit()
    }
  }

  /// Up to a line end, or all that came before the script ended.
  private static func line(_ handle: FileHandle) -> String {
    var bytes = Data()
    while bytes.last != 10 {
      let next = handle.availableData
      if next.isEmpty { break }
      bytes += next
    }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
