import Glibc
import ProcessStart

/// The command `mission-simulator`.
public enum SimulatorProgram {
  /// How often it is looked whether the parent still lives.
  private static let parentCheck = timespec(tv_sec: 0, tv_nsec: 200_000_000)

  /// With the arguments of this process.
  public static func runProcess() -> Int32 {
    guard let arguments = ProcessArguments.withoutName() else {
      say("mission-simulator: \(ProcessArguments.missing)")
      return EX_SOFTWARE
    }
    return run(arguments: arguments)
  }

  /// Runs until SIGINT or SIGTERM; the exit code.
  public static func run(arguments: [String]) -> Int32 {
    do throws(SimulatorError) {
      let options = try SimulatorOptions(arguments: arguments)
      if options.showsHelp {
        print(OptionRow.helpText, terminator: "")
        return 0
      }
      try serve(options)
      return 0
    } catch {
      say("mission-simulator: \(error)")
      return error.exitCode
    }
  }

  private static func serve(_ options: SimulatorOptions) throws(SimulatorError) {
    let parent = getppid()
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    // Blocked before the threads begin, so that they inherit it and only this thread sees them.
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    signal(SIGPIPE, SIG_IGN)
    let simulator = try Simulator(options)
    if let path = options.portsFile {
      try place("{\"worker_port\":\(simulator.workerPort),\"s3_port\":\(simulator.storePort)}\n", at: path)
    }
    if let path = options.readyFile { try place("ready\n", at: path) }
    say("workers on http://127.0.0.1:\(simulator.workerPort)/worker-1 to worker-\(options.workers)")
    say("store on http://127.0.0.1:\(simulator.storePort), bucket \(options.bucket), folder \(options.store)")
    say("ready")
    waitForEnd(signals, parent: options.exitsWithParent ? parent : nil)
    simulator.stop()
  }

  private static func waitForEnd(_ signals: sigset_t, parent: pid_t?) {
    var signals = signals
    guard let parent else {
      var number: Int32 = 0
      while sigwait(&signals, &number) != 0 {}
      return
    }
    var pause = parentCheck
    while sigtimedwait(&signals, nil, &pause) < 0, getppid() == parent {}
  }

  /// Puts a file in place whole, so that whoever waits for it never reads half of it.
  private static func place(_ text: String, at path: String) throws(SimulatorError) {
    let temporary = "\(path).\(getpid())"
    guard ObjectFiles.write(text, to: temporary), rename(temporary, path) == 0 else {
      throw .file(path: path, operation: "write", code: errno)
    }
  }

  private static func say(_ text: String) {
    var line = text + "\n"
    _ = line.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
