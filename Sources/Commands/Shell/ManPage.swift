import MissionCore

/// The manual page, made of the command table, in the man macros of roff.
enum ManPage {
  static var text: String {
    var page = RoffWriter()
    page.title("MISSION-CONTROL", version: "Mission Control \(ProgramVersion.number)")
    page.section("NAME")
    page.raw("mission\\-control \\- runs scrape missions from files")
    page.section("SYNOPSIS")
    page.synopsis("mission-control", "[COMMAND] [OPTIONS]")
    page.section("DESCRIPTION")
    page.paragraph(HelpText.about)
    page.paragraph("Without a command it is run. Options may stand before and after the command.")
    page.section("COMMANDS")
    for name in CommandName.allCases { command(CommandTable.spec(of: name), &page) }
    page.section("COMMON OPTIONS")
    for option in CommandTable.common { page.item(option.usage, option.help) }
    page.item("--help", "how the program is used, or the command before it")
    page.item("--version", "the program's version")
    page.section("EXIT STATUS")
    for code in ExitCode.allCases { page.item(String(code.rawValue), code.meaning) }
    page.section("ENVIRONMENT")
    page.paragraph(
      "The configuration names the variables that it is filled from. What it leaves out comes from:")
    page.item("DATABASE_URL", "storage_db.connection_string")
    page.item(
      "S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY",
      "storage_s3, before the AWS_ variables of the same meaning")
    page.item("CREDENTIALS_DIRECTORY", "where relative secret files are looked up first (systemd)")
    page.item("NO_COLOR", "no colours, as --color never")
    page.section("FILES")
    page.item("config.yaml", "the configuration; config schema prints its JSON Schema")
    page.item("state/journal.sqlite", "the journal; spool, lock and reports lie beside it")
    page.section("SEE ALSO")
    page.raw(".BR sqlite3 (1),\n.BR systemd.timer (5),\n.BR cron (8)")
    return page.text
  }

  private static func command(_ spec: CommandSpec, _ page: inout RoffWriter) {
    page.subsection(spec.name.rawValue + spec.arguments.usage)
    for paragraph in spec.details { page.paragraph(paragraph) }
    for option in spec.options { page.item(option.usage, option.help) }
    for example in spec.examples { page.example(example.line, example.purpose) }
  }
}
