/// Completions for fish, made of the command table.
enum FishCompletion {
  static var script: String {
    var lines = [
      "# fish completion for mission-control: save it as ~/.config/fish/completions/mission-control.fish",
      "complete -c mission-control -e",
    ]
    for command in CommandName.allCases {
      let summary = quoted(CommandTable.spec(of: command).summary)
      lines.append(
        "complete -c mission-control -n __fish_use_subcommand -f -a \(command.rawValue) -d \(summary)")
    }
    for option in CommandTable.common { lines.append(line(option, condition: nil)) }
    lines.append("complete -c mission-control -l help -d 'how it is used'")
    lines.append(
      "complete -c mission-control -n __fish_use_subcommand -l version -d 'the version of the program'")
    for command in CommandName.allCases {
      let condition = "'__fish_seen_subcommand_from \(command.rawValue)'"
      let spec = CommandTable.spec(of: command)
      for option in spec.options { lines.append(line(option, condition: condition)) }
      switch Completion(spec.arguments) {
      case .none: lines.append("complete -c mission-control -n \(condition) -f")
      case .files: lines.append("complete -c mission-control -n \(condition) -F")
      case .words(let words):
        lines.append(
          "complete -c mission-control -n \(condition) -f -a \(quoted(words.joined(separator: " ")))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ option: OptionSpec, condition: String?) -> String {
    var line = "complete -c mission-control"
    if let condition { line += " -n \(condition)" }
    line += " -l \(option.name)"
    if option.placeholder != nil {
      switch Completion(option) {
      case .none: line += " -x"
      case .files: line += " -r -F"
      case .words(let words): line += " -x -a \(quoted(words.joined(separator: " ")))"
      }
    }
    return line + " -d \(quoted(option.help))"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
