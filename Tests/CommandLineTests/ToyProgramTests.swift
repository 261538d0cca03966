import MissionCore
import Synchronization
import Testing

@testable import CommandLine

/// A program of two commands that has nothing to do with ours.
private enum Toy {
  struct Common: CommandOptions { var isLoud = false }

  struct Greeting: CommandOptions, Equatable {
    var times = 1
    var names: [String] = []
  }

  enum Greet: Command {
    static var spec: CommandSpec<Greeting> {
      CommandSpec(
        name: "greet", arguments: .oneOrMore("NAME"), summary: "say hello", details: ["Says it."],
        options: [
          .value("times", "N", "how often", choices: ["1", "2"]) { options, text, _ throws(ValueProblem) in
            options.times = try OptionReading.integer(text, in: 1...9)
          }
        ], examples: [Example("toy greet you", "a try")])
    }

    static func accept(
      _ arguments: [String], into options: inout Greeting, _ common: Common
    ) throws(UsageError) {
      options.names = arguments
      if arguments.contains("nobody") { throw UsageError("nobody is nobody") }
    }

    static func execute(_ options: Greeting, _ context: Heard) throws(CommandFailure) -> ExitCode {
      context.words.withLock { $0 += Array(repeating: options.names, count: options.times).joined() }
      return .success
    }
  }

  enum Rest: Command {
    typealias Common = Toy.Common
    typealias Context = Heard
    static var spec: CommandSpec<NoOptions> {
      CommandSpec(name: "rest", summary: "do nothing", details: [], examples: [])
    }
    static func execute(_ options: NoOptions, _ context: Heard) throws(CommandFailure) -> ExitCode {
      .success
    }
  }

  final class Heard: Sendable { let words = Mutex<[String]>([]) }

  static let program = Program<Common, Heard>(
    ProgramShape(
      name: "toy", usage: "usage: toy", about: "A toy.", examples: [], exitCodes: [(0, "fine")],
      manual: ManualSections(
        version: "Toy 1", day: "2026-01-31", purpose: "a toy", environmentIntroduction: "None.",
        environment: [], files: [], seeAlso: ["cron (8)"]),
      standard: "rest", unknownCommand: { "what is \($0)?" }),
    common: [.flag("loud", "louder") { $0.isLoud = true }],
    commands: [ListedCommand(Greet.self, check: { _ in }), ListedCommand(Rest.self, check: { _ in })])

  static func read(_ line: String) throws(UsageError) -> Request<Common, Heard> {
    try ArgumentParser(program, today: CalendarDay("2026-01-31")!).parse(
      line.split(separator: " ").map(String.init))
  }
}

@Suite("A program of any commands", .timeLimit(.minutes(5)))
struct ToyProgramTests {
  @Test("a command gets its options, the common ones and its arguments, and does its work")
  func execute() throws {
    guard case .command(let invocation) = try Toy.read("--loud greet a --times=2 b") else {
      return #expect(Bool(false), "no command")
    }
    #expect(invocation.common.isLoud)
    #expect(invocation.options as? Toy.Greeting == Toy.Greeting(times: 2, names: ["a", "b"]))
    let heard = Toy.Heard()
    #expect(try invocation.execute(heard) == .success)
    #expect(heard.words.withLock { $0 } == ["a", "b", "a", "b"])
  }

  @Test(
    "what is wrong is told with the command whose help is of use",
    arguments: [
      ("greet", "greet needs at least one NAME", "greet"), ("greet nobody", "nobody is nobody", "greet"),
      ("rest a", "rest takes no arguments, got \"a\"", "rest"),
      ("--times 2", "--times belongs to greet, not to rest", "rest"),
      ("xylophone", "what is xylophone?", nil),
      ("gret", "unknown command \"gret\", did you mean greet?", nil),
      ("greet a --tims 2", "unknown option --tims, did you mean --times?", "greet"),
    ] as [(String, String, String?)])
  func refusals(line: String, message: String, command: String?) {
    let error = #expect(throws: UsageError.self) { try Toy.read(line) }
    #expect(error == UsageError(message: "\(message)", command: command))
  }

  @Test("a usage error points to the command's help")
  func errorLines() {
    let error = UsageError(message: "unknown option --x", command: "greet")
    #expect(error.lines(of: "toy", translate: \.plain) == "toy: unknown option --x\nsee toy greet --help\n")
  }

  @Test("help, completions and manual page are made of what the commands say")
  func shown() throws {
    let shape = Toy.program.shape
    let help = HelpText(shape, translate: \.plain).text(for: shape.command("greet"))
    #expect(
      help.hasPrefix("usage: toy greet NAME… [OPTIONS]\n\nSays it.\n\nOptions:\n  --times N  how often\n"))
    for shell in Shell.allCases {
      let script = CompletionScript.text(of: shape, for: shell)
      #expect(script.contains("greet") && script.contains("times") && !script.contains("mission"))
    }
    let page = ManualPage.text(shape)
    #expect(page.contains(".SS greet NAME") && !page.contains("mission"))
  }
}
