import CommandLine
import Kinds
import MissionCore
import TestSupport
import Testing
import Translation

@testable import Commands

@Suite("Help", .timeLimit(.minutes(5)))
struct HelpTests {
  private static let shape = MissionControl.program.shape
  private static let commands = shape.commands.map(\.name)

  private func help(_ command: String?, _ language: Language = .english) throws -> String {
    HelpText(Self.shape, translate: Translator.to(language).translate)
      .text(for: try command.map { try #require(Self.shape.command($0)) })
  }

  @Test("the program's help reads as agreed")
  func program() throws { try Golden.expect(help(nil), "help.txt") }

  @Test("the help of each command reads as agreed", arguments: commands)
  func command(name: String) throws { try Golden.expect(help(name), "help-\(name).txt") }

  @Test("the help in Portuguese reads as agreed")
  func programInPortuguese() throws { try Golden.expect(help(nil, .portuguese), "pt-BR/help.txt") }

  @Test("the help of each command in Portuguese reads as agreed", arguments: commands)
  func commandInPortuguese(name: String) throws {
    try Golden.expect(help(name, .portuguese), "pt-BR/help-\(name).txt")
  }

  @Test("there is a first configuration for every kind of source")
  func starters() {
    #expect(Set(StarterKind.allCases.map(\.rawValue)) == Set(Kinds.sources.map { $0.kind }))
  }

  @Test("no line of the help but an example is wider than 80 columns", arguments: Language.allCases)
  func width(language: Language) throws {
    for name in Self.commands {
      for line in try help(name, language).split(separator: "\n") where !line.hasPrefix("  mission-control") {
        #expect(DisplayColumns.count(of: String(line)) <= 80, "\(line)")
      }
    }
  }
}
