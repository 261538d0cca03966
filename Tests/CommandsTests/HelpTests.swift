import MissionCore
import Report
import TestSupport
import Testing
import Translation

@testable import Commands

@Suite("Help")
struct HelpTests {
  @Test("the program's help reads as agreed")
  func program() throws { try Golden.expect(HelpText().text(for: nil), "help.txt") }

  @Test("the help of each command reads as agreed", arguments: CommandName.allCases)
  func command(name: CommandName) throws {
    try Golden.expect(HelpText().text(for: name), "help-\(name.rawValue).txt")
  }

  @Test("the help in Portuguese reads as agreed")
  func programInPortuguese() throws {
    try Golden.expect(HelpText(language: .portuguese).text(for: nil), "pt-BR/help.txt")
  }

  @Test("the help of each command in Portuguese reads as agreed", arguments: CommandName.allCases)
  func commandInPortuguese(name: CommandName) throws {
    try Golden.expect(
      HelpText(language: .portuguese).text(for: name), "pt-BR/help-\(name.rawValue).txt")
  }

  @Test("no line of the help but an example is wider than 80 columns", arguments: Language.allCases)
  func width(language: Language) {
    for name in CommandName.allCases {
      let help = HelpText(language: language).text(for: name)
      for line in help.split(separator: "\n") where !line.hasPrefix("  mission-control") {
        #expect(DisplayColumns.count(of: String(line)) <= 80, "\(line)")
      }
    }
  }
}
