import Foundation
import TestSupport
import Testing

/// How a program ended and what it wrote.
struct Ended {
  enum Way: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  let way: Way
  let output: String
  let errors: String
  let seconds: Double
  /// The largest resident size that was seen while it ran; 0 when it ended before the first look.
  let peakBytes: Int
  let commandLine: String

  /// The exit code; -1 when a signal ended it.
  var code: Int32 {
    if case .exit(let code) = way { return code }
    return -1
  }
}

/// A running program with its outputs in files, so that no pipe can fill up.
final class Program {
  let process: pid_t
  /// What a sanitizer needs in every program that was built with it.
  private static let sanitizers = ProcessInfo.processInfo.environment.filter {
    ["LD_PRELOAD", "TSAN_OPTIONS", "ASAN_OPTIONS"].contains($0.key)
  }

  private let outputPath: String
  private let errorPath: String
  private var commandLine = ""
  private let began = ContinuousClock.now
  private var peakBytes = 0
  private var way: Ended.Way?

  /// - Parameter folder: where it runs; its outputs go to `outputs`, under a number of their own.
  init(
    _ executable: String, _ arguments: [String], in folder: String, outputs: String,
    environment: [String: String]
  ) throws {
    let name = "\(outputs)/\(URL(fileURLWithPath: executable).lastPathComponent)-\(UUID().uuidString)"
    outputPath = name + ".out"
    errorPath = name + ".err"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errorPath, flags, 0o600)
    // As from a terminal, whatever the tests were started with (nohup, a script's `&`).
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    // env changes the folder, because the actions of posix_spawn that would are not to be seen from Swift; it
    // then becomes the program.
    var words = (["/usr/bin/env", "-C", folder, executable] + arguments).map { strdup($0) } + [nil]
    var variables = environment.merging(Self.sanitizers) { $1 }.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, words[0]!, &actions, &attributes, &words, &variables)
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: result) ?? .EINVAL) }
    self.process = process
  }

  deinit {
    guard way == nil else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Waits until it has taken a signal of this kind: two that wait together would be one.
  func untilTaken(_ number: Int32) async throws -> Bool {
    try await Wait.until {
      try self.line("ShdPnd:").flatMap { UInt64($0, radix: 16) }.map { $0 >> (number - 1) & 1 } == 0
    }
  }

  /// What stands behind `name` in the system's account of the process.
  private func line(_ name: String) throws -> String? {
    try TemporaryFolder.text("/proc/\(process)/status").split(separator: "\n").first { $0.hasPrefix(name) }
      .map { $0.dropFirst(name.count).trimmingCharacters(in: .whitespaces) }
  }

  /// Whether it still runs; takes note of its memory and its command line.
  func isRunning() -> Bool {
    guard way == nil else { return false }
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else {
      notePeak()
      if let text = try? TemporaryFolder.text("/proc/\(process)/cmdline"), !text.isEmpty {
        commandLine = text
      }
      return true
    }
    let number = status & 0x7F
    way = number == 0 ? .exit((status >> 8) & 0xFF) : .signal(number)
    return false
  }

  /// Waits until it has ended; one that takes longer than `seconds` is killed and reported.
  func end(within seconds: Double = 60, _ place: SourceLocation = #_sourceLocation) async throws -> Ended {
    let isDone = try await Wait.until(seconds: seconds) { !self.isRunning() }
    if !isDone {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
      way = .signal(SIGKILL)
      Issue.record("did not end within \(seconds) s: \(errorTail)", sourceLocation: place)
    }
    return Ended(
      way: way!, output: try TemporaryFolder.text(outputPath), errors: try TemporaryFolder.text(errorPath),
      seconds: (ContinuousClock.now - began) / .seconds(1), peakBytes: peakBytes, commandLine: commandLine)
  }

  private var errorTail: String { String(((try? TemporaryFolder.text(errorPath)) ?? "").suffix(2000)) }

  /// `VmHWM` and not `ru_maxrss`, which a child takes over from the process that started it.
  private func notePeak() {
    // One that has just ended has no such line.
    guard let kibibytes = (try? line("VmHWM:")).flatMap({ Int($0.prefix { $0 != " " }) }) else { return }
    peakBytes = max(peakBytes, kibibytes * 1024)
  }
}

/// Waiting for a condition without keeping a thread.
enum Wait {
  /// Whether the condition became true in time.
  static func until(
    seconds: Double = 20, isolation: isolated (any Actor)? = #isolation, _ condition: () throws -> Bool
  ) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while try !condition() {
      guard ContinuousClock.now < deadline else { return false }
      try await Task.sleep(for: .milliseconds(4))
    }
    return true
  }
}
