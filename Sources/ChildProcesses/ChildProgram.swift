import CProcessStart
import Files
import Glibc

/// A program as it is to be started: no shell, and nothing that is not said here.
package struct ChildProgram: Sendable {
  /// Of the executable file; relative ones are taken from `directory`.
  package let path: String
  /// The first is the program's name.
  package let arguments: [String]
  /// Each `NAME=value`.
  package let environment: [String]
  package let directory: String

  package init(path: String, arguments: [String], environment: [String], directory: String) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
  }

  /// Starts it, in a session and process group of its own, with an empty standard input.
  package func start() throws(Errno) -> ChildProcess {
    let output = try Pipe()
    let error: Pipe
    do throws(Errno) { error = try Pipe() } catch {
      output.close()
      throw error
    }
    defer {
      close(output.writing)
      close(error.writing)
    }
    var process = pid_t()
    StartedPrograms.starting()
    let code = withCStrings(arguments) { arguments in
      withCStrings(environment) { environment in
        mc_spawn(&process, path, arguments, environment, directory, output.writing, error.writing)
      }
    }
    StartedPrograms.started(code == 0 ? process : nil)
    guard code == 0 else {
      close(output.reading)
      close(error.reading)
      throw Errno(code)
    }
    // Nobody takes the news of its end away, so that the number is still its own.
    let descriptor = mc_process_descriptor(process)
    guard descriptor >= 0 else {
      let cause = Errno.last
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
      StartedPrograms.remove(process)
      close(output.reading)
      close(error.reading)
      throw cause
    }
    return ChildProcess(
      id: process, descriptor: descriptor, output: output.reading, error: error.reading)
  }

  private func withCStrings<Value>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
  ) -> Value {
    var pointers = texts.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(&pointers)
  }
}

/// A program that was started. Who has it closes the descriptors and takes the news of its end.
package struct ChildProcess: Sendable {
  /// Its process id, and that of its session and process group.
  package let id: pid_t
  /// Becomes readable when it ends, and stays so.
  package let descriptor: Int32
  /// What it writes, without waiting.
  package let output: Int32
  package let error: Int32

  /// How it ended; nil while it runs.
  package func end() -> ChildEnd? {
    var status: Int32 = 0
    while true {
      let found = waitpid(id, &status, WNOHANG)
      if found == 0 { return nil }
      if found < 0, errno == EINTR { continue }
      StartedPrograms.remove(id)
      return found == id ? ChildEnd(status: status) : .unknown
    }
  }
}

/// How a program ended.
package enum ChildEnd: Hashable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)
  /// Somebody else was told.
  case unknown

  init(status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
  }
}
