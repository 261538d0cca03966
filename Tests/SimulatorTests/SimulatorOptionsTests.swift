import Testing

@testable import Simulator

@Suite("The command line", .timeLimit(.minutes(5)))
struct SimulatorOptionsTests {
  private func problem(_ arguments: String...) -> String? {
    do throws(SimulatorError) {
      _ = try SimulatorOptions(arguments: arguments)
      return nil
    } catch { return "\(error)" }
  }

  @Test("every value lands where it belongs")
  func values() throws {
    let options = try SimulatorOptions(arguments: [
      "--port", "0", "--ads=3..9", "--job-time", "20ms..1.5s", "--latency=5ms", "--job-failures", "0.25",
      "--exit-with-parent",
    ])
    #expect(options.port == 0)
    #expect(options.ads.count == 3...9)
    #expect(options.jobTime == .milliseconds(20)...(.milliseconds(1500)))
    #expect(options.latency == .milliseconds(5))
    #expect(options.jobFailures == 0.25)
    #expect(options.exitsWithParent)
    #expect(try SimulatorOptions(arguments: ["--ads", "20"]).ads.count == 20...20)
  }

  @Test("wrong usage is told with what is accepted")
  func wrong() {
    #expect(problem("--prot", "1") == "--prot is not an option; --help lists the options")
    #expect(problem("--port") == "--port needs a value; --help lists the options")
    #expect(
      problem("--port", "70000") == "--port must be a port 0...65535, got 70000; --help lists the options")
    #expect(
      problem("--ads", "9..3") == "--ads must be a number or MIN..MAX, got 9..3; --help lists the options")
    #expect(problem("--session-failures", "1.5") != nil)
    #expect(problem("--help=1") == "--help takes no value; --help lists the options")
  }

  @Test("the help has a line for every option that is not too wide for a terminal")
  func help() {
    for option in OptionRow.all { #expect(OptionRow.helpText.contains("  \(option.name)")) }
    #expect(OptionRow.helpText.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("a port in use and an unreadable script are told apart")
  func cannotStart() throws {
    let running = try RunningSimulator()
    var options = SimulatorOptions()
    options.port = running.simulator.workerPort
    options.store = running.folder
    let taken = options
    #expect(throws: SimulatorError.self) { try Simulator(taken) }
    options.script = "/nonexistent"
    let missing = options
    #expect(throws: SimulatorError.file(path: "/nonexistent", operation: "read", code: 2)) {
      try Simulator(missing)
    }
  }
}
