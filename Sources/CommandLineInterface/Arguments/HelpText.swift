import MissionCore

/// Lays out the help of the program and of each command, 80 columns wide.
enum HelpText {
  private static let width = 80

  static func text(for command: CommandName?) -> String {
    guard let command else { return program }
    let spec = CommandTable.spec(of: command)
    var lines = ["usage: \(spec.usage)"]
    for paragraph in spec.details { lines += [""] + wrap(paragraph, indent: 0) }
    if !spec.options.isEmpty { lines += ["", "Options:"] + table(spec.options.map { ($0.usage, $0.help) }) }
    lines += ["", "Common options:"] + table(CommandTable.common.map { ($0.usage, $0.help) })
    lines += ["", "Examples:"] + examples(spec.examples)
    return lines.joined(separator: "\n") + "\n"
  }

  private static var program: String {
    let commands = CommandName.allCases.map { name in
      let spec = CommandTable.spec(of: name)
      return (name.rawValue + spec.arguments.usage, spec.summary)
    }
    var lines = wrap(
      "Runs scrape missions from files: each goes through SCRAPE, DB and S3, every step is recorded in a "
        + "local journal, and running the same command again resumes.", indent: 0)
    lines += ["", "usage: mission-control [COMMAND] [OPTIONS]", "", "Commands (without one it is run):"]
    lines += table(commands)
    let about = [
      ("--help", "this text; after a command, the command's own"), ("--version", "the program's version"),
    ]
    lines += ["", "Common options:"] + table(CommandTable.common.map { ($0.usage, $0.help) } + about)
    lines += ["", "Exit codes:"]
    lines += table(ExitCode.allCases.map { (String($0.rawValue), $0.meaning) })
    lines += ["", "Examples:"]
    lines += examples([
      .init("mission-control check", "is everything there that a run needs?"),
      .init("mission-control plan", "what would run?"),
      .init("mission-control", "run it; again: resume it"),
      .init("mission-control list --status failed", "what went wrong?"),
      .init("mission-control retry --failed && mission-control", "once more"),
    ])
    return lines.joined(separator: "\n") + "\n"
  }

  private static func examples(_ examples: [CommandSpec.Example]) -> [String] {
    examples.flatMap { ["  \($0.line)", "      \($0.purpose)"] }
  }

  private static func table(_ rows: [(String, String)]) -> [String] {
    let left = min(26, rows.map(\.0.count).max() ?? 0)
    var lines: [String] = []
    for (name, text) in rows {
      let wrapped = wrap(text, indent: left + 4)
      if name.count > left {
        lines.append("  " + name)
        lines += wrapped
        continue
      }
      let padding = String(repeating: " ", count: left - name.count + 2)
      lines.append("  " + name + padding + (wrapped.first ?? "").drop { $0 == " " })
      lines += wrapped.dropFirst()
    }
    return lines
  }

  static func wrap(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    lines.append(margin + line)
    return lines
  }
}
