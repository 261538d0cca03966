/// Completions for fish, made of the command table.
enum FishCompletion {
  static var script: String {
    var lines = [
      "# fish completion for mission-control: save it as ~/.config/fish/completions/mission-control.fish",
      "complete -c mission-control -e", command,
    ]
    for command in CommandName.allCases {
      let summary = quoted(CommandTable.spec(of: command).summary)
      lines.append(
        "complete -c mission-control -n \(condition(nil)) -f -a \(command.rawValue) -d \(summary)")
    }
    for option in CommandTable.common { lines.append(line(option, condition: nil)) }
    lines.append("complete -c mission-control -l help -d 'how it is used'")
    lines.append(
      "complete -c mission-control -n \(condition(nil)) -l version -d 'the version of the program'")
    for command in CommandName.allCases {
      let condition = condition(command)
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

  /// Tells the command of the line: its first word that is neither an option nor an option's value.
  private static var command: String {
    var seen: Set<String> = []
    let valued = CommandName.allCases.flatMap { CommandTable.options(of: $0) }
      .filter { $0.placeholder != nil && seen.insert($0.name).inserted }.map { "--\($0.name)" }
    return """
      function __mission_control_is
        set -l words (commandline -opc)
        set -l found ''
        set -l is_value 0
        for word in $words[2..-1]
          if test $is_value = 1
            set is_value 0
            continue
          end
          switch $word
            case \(valued.joined(separator: " "))
              set is_value 1
            case '-*'
            case '*'
              set found $word
              break
          end
        end
        test "$found" = "$argv[1]"
      end
      """
  }

  /// Nil: no command was typed yet.
  private static func condition(_ command: CommandName?) -> String {
    "'__mission_control_is \(command?.rawValue ?? "\"\"")'"
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
