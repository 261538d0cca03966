import MissionCore

/// Lays out the help of a program and of each command, 80 columns wide.
package struct HelpText {
  private static let width = 80

  private let program: ProgramShape
  private let said: (Message) -> String

  /// - Parameter translate: into the reader's language.
  package init(_ program: ProgramShape, translate: @escaping (Message) -> String) {
    self.program = program
    said = translate
  }

  /// - Parameter command: nil is the whole program.
  package func text(for command: CommandShape?) -> String {
    guard let command else { return whole }
    let usage = "\(program.name) \(command.name)\(command.arguments.usage) [OPTIONS]"
    var lines = [said("usage: \(usage)")]
    for paragraph in command.details { lines += [""] + wrap(said(paragraph), indent: 0) }
    if !command.options.isEmpty { lines += ["", said("Options:")] + table(command.options) }
    lines += ["", said("Common options:")] + table(program.common)
    lines += ["", said("Examples:")] + examples(command.examples)
    return lines.joined(separator: "\n") + "\n"
  }

  private var whole: String {
    var lines = wrap(said(program.about), indent: 0)
    lines += ["", said(program.usage)]
    lines += ["", said("Commands (without one it is \(program.standard)):")]
    lines += table(program.commands.map { ($0.name + $0.arguments.usage, $0.summary) })
    let about: [(String, Message)] = [
      ("--help", "this text; after a command, the command's own"), ("--version", "the program's version"),
    ]
    lines += ["", said("Common options:")] + table(program.common.map { ($0.usage, $0.help) } + about)
    lines += ["", said("Exit codes:")]
    lines += table(program.exitCodes.map { (String($0.number), $0.meaning) })
    lines += ["", said("Examples:")] + examples(program.examples)
    return lines.joined(separator: "\n") + "\n"
  }

  private func examples(_ examples: [Example]) -> [String] {
    examples.flatMap { ["  \($0.line)", "      \(said($0.purpose))"] }
  }

  private func table(_ options: [OptionShape]) -> [String] { table(options.map { ($0.usage, $0.help) }) }

  private func table(_ rows: [(String, Message)]) -> [String] {
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
