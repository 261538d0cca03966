import MissionCore

/// The manual page of a program, in the man macros of roff. It is English.
package enum ManualPage {
  /// The whole page.
  package static func text(_ program: ProgramShape) -> String {
    let manual = program.manual
    var page = RoffWriter(madeBy: "\(program.name) man")
    page.title(program.name.uppercased(), manual)
    page.section("NAME")
    page.raw("\(RoffWriter.escaped(program.name)) \\- \(manual.purpose)")
    page.section("SYNOPSIS")
    page.synopsis(program.name, "[COMMAND] [OPTIONS]")
    page.section("DESCRIPTION")
    page.paragraph(program.about.plain)
    page.paragraph(
      "Without a command it is \(program.standard). Options may stand before and after the command.")
    page.section("COMMANDS")
    for command in program.commands { add(command, to: &page) }
    page.section("COMMON OPTIONS")
    for option in program.common { page.item(option.usage, option.help.plain) }
    page.item("--help", "how the program is used, or the command before it")
    page.item("--version", "the program's version")
    page.section("EXIT STATUS")
    for code in program.exitCodes { page.item(String(code.number), code.meaning.plain) }
    page.section("ENVIRONMENT")
    page.paragraph(manual.environmentIntroduction)
    for (name, meaning) in manual.environment { page.item(name, meaning) }
    page.section("FILES")
    for (name, meaning) in manual.files { page.item(name, meaning) }
    page.section("SEE ALSO")
    page.raw(manual.seeAlso.map { ".BR \($0)" }.joined(separator: ",\n"))
    return page.text
  }

  private static func add(_ command: CommandShape, to page: inout RoffWriter) {
    page.subsection(command.name + command.arguments.usage)
    for paragraph in command.details { page.paragraph(paragraph.plain) }
    for option in command.options { page.item(option.usage, option.help.plain) }
    for example in command.examples { page.example(example.line, example.purpose.plain) }
  }
}
