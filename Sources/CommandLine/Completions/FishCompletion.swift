/// Completions for fish.
struct FishCompletion {
  let program: ProgramShape

  private var begin: String { "complete -c \(program.name)" }
  /// The function that tells the command of the line.
  private var function: String { "__\(program.name.replacing("-", with: "_"))_is" }

  var script: String {
    let name = program.name
    var lines = [
      "# fish completion for \(name): save it as ~/.config/fish/completions/\(name).fish",
      "\(begin) -e", command,
    ]
    for command in program.commands {
      lines.append("\(begin) -n \(condition(nil)) -f -a \(command.name) -d \(quoted(command.summary.plain))")
    }
    for option in program.common { lines.append(line(option, condition: nil)) }
    lines.append("\(begin) -l help -d 'how it is used'")
    lines.append(
      "\(begin) -n \(condition(nil)) -l version -d 'the version of the program'")
    for command in program.commands {
      let condition = condition(command)
      for option in command.options { lines.append(line(option, condition: condition)) }
      switch Completion(command.arguments, of: program) {
      case .none: lines.append("\(begin) -n \(condition) -f")
      case .files: lines.append("\(begin) -n \(condition) -F")
      case .words(let words):
        lines.append(
          "\(begin) -n \(condition) -f -a \(quoted(words.joined(separator: " ")))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Tells the command of the line: its first word that is neither an option nor an option's value.
  private var command: String {
    let valued = program.everyOption.filter { $0.placeholder != nil }.map { "--\($0.name)" }
    return """
      function \(function)
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
  private func condition(_ command: CommandShape?) -> String {
    "'\(function) \(command?.name ?? "\"\"")'"
  }

  private func line(_ option: OptionShape, condition: String?) -> String {
    var line = begin
    if let condition { line += " -n \(condition)" }
    line += " -l \(option.name)"
    if option.placeholder != nil {
      switch Completion(option) {
      case .none: line += " -x"
      case .files: line += " -r -F"
      case .words(let words): line += " -x -a \(quoted(words.joined(separator: " ")))"
      }
    }
    return line + " -d \(quoted(option.help.plain))"
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
