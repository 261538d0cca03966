import Glibc
import Testing

@testable import Terminal

@Suite("The terminal", .timeLimit(.minutes(5)))
struct TerminalTests {
  @Test(
    "colour is for terminals that can show it, an explicit choice wins",
    arguments: [
      (ColorChoice.auto, true, [:] as [String: String], true), (.auto, false, [:], false),
      (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
      (.auto, true, ["TERM": "dumb"], false), (.always, false, ["NO_COLOR": "1"], true),
      (.never, true, [:], false),
    ])
  func color(choice: ColorChoice, isTerminal: Bool, environment: [String: String], expected: Bool) {
    #expect(Terminal.usesColor(choice, isTerminal: isTerminal, environment: environment) == expected)
  }

  @Test("plain text carries no escape, coloured text ends its colour")
  func style() {
    #expect(TextStyle(isColored: false).red("x") == "x")
    #expect(TextStyle(isColored: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
  }

  @Test("a closed output drops what is written and says so")
  func closedPipe() {
    Terminal.ignoreWriteSignals()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    let writer = OutputWriter(descriptor: ends[1])
    writer.write("lost")
    #expect(!writer.hasFailed)
    writer.flush()
    #expect(writer.hasFailed)
    writer.write("lost too")
    writer.flush()
    close(ends[1])
  }

  @Test("what is written arrives whole and in order")
  func pipeArrives() {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let writer = OutputWriter(descriptor: ends[1])
    writer.write("one ")
    writer.write("two")
    writer.flush()
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = read(ends[0], &buffer, buffer.count)
    #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "one two")
    close(ends[0])
    close(ends[1])
  }

  @Test("the width of what is no terminal is COLUMNS, else 80")
  func width() {
    #expect(Terminal.width(of: -1, environment: ["COLUMNS": "132"]) == 132)
    #expect(Terminal.width(of: -1, environment: ["COLUMNS": "no"]) == 80)
    #expect(Terminal.width(of: -1) == 80)
  }
}
