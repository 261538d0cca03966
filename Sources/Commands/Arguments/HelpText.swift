import MissionCore
import Report
import Translation

/// Lays out the help of the program and of each command, 80 columns wide.
struct HelpText {
  private static let width = 80

  private let translator: Translator

  init(language: Language = .english) { translator = Translator.to(language) }

  func text(for command: CommandName?) -> String {
    guard let command else { return program }
    let spec = CommandTable.spec(of: command)
    var lines = [said("usage: \(spec.usage)")]
    for paragraph in spec.details { lines += [""] + wrap(said(paragraph), indent: 0) }
    if !spec.options.isEmpty {
      lines += ["", said("Options:")] + table(spec.options.map { ($0.usage, $0.help) })
    }
    lines += ["", said("Common options:")] + table(CommandTable.common.map { ($0.usage, $0.help) })
    lines += ["", said("Examples:")] + examples(spec.examples)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the program is.
  static let about =
    "Runs scrape missions from files: each goes through SCRAPE, DB and S3, every step is recorded in a "
    + "local journal, and running the same command again resumes."

  private var program: String {
    let commands = CommandName.allCases.map { name in
      let spec = CommandTable.spec(of: name)
      return (name.rawValue + spec.arguments.usage, spec.summary)
    }
    var lines = wrap(said(Self.about), indent: 0)
    lines += ["", said("usage: mission-control [COMMAND] [OPTIONS]")]
    lines += ["", said("Commands (without one it is run):")]
    lines += table(commands)
    let about = [
      ("--help", "this text; after a command, the command's own"), ("--version", "the program's version"),
    ]
    lines += ["", said("Common options:")] + table(CommandTable.common.map { ($0.usage, $0.help) } + about)
    lines += ["", said("Exit codes:")]
    lines += table(ExitCode.allCases.map { (String($0.rawValue), $0.meaning) })
    lines += ["", said("Examples:")]
    lines += examples([
      .init("mission-control check", "is everything there that a run needs?"),
      .init("mission-control plan", "what would run?"),
      .init("mission-control", "run it; again: resume it"),
      .init("mission-control list --status failed", "what went wrong?"),
      .init("mission-control retry --failed && mission-control", "once more"),
    ])
    return lines.joined(separator: "\n") + "\n"
  }

  private func said(_ english: String) -> String { translator.translate(english) }

  private func examples(_ examples: [CommandSpec.Example]) -> [String] {
    examples.flatMap { ["  \($0.line)", "      \(said($0.purpose))"] }
  }

  private func table(_ rows: [(String, String)]) -> [String] {
    let left = min(26, rows.map(\.0.count).max() ?? 0)
    var lines: [String] = []
    for (name, text) in rows {
      let wrapped = wrap(said(text), indent: left + 4)
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

  private func wrap(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty,
        indent + DisplayColumns.count(of: line) + 1 + DisplayColumns.count(of: String(word)) > Self.width
      {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    lines.append(margin + line)
    return lines
  }
}
