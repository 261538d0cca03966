import Testing

@testable import CommandLineInterface

@Suite("Help")
struct HelpTests {
  @Test("the program's help reads as agreed")
  func program() throws { try Golden.expect(HelpText.text(for: nil), "help.txt") }

  @Test("the help of each command reads as agreed", arguments: CommandName.allCases)
  func command(name: CommandName) throws {
    try Golden.expect(HelpText.text(for: name), "help-\(name.rawValue).txt")
  }

  @Test("no line of the help but an example is wider than 80 columns", arguments: CommandName.allCases)
  func width(name: CommandName) {
    for line in HelpText.text(for: name).split(separator: "\n") where !line.hasPrefix("  mission-control") {
      #expect(line.count <= 80, "\(line)")
    }
  }
}
