/// Completions for zsh.
struct ZshCompletion {
  let program: ProgramShape

  var script: String {
    let name = program.name
    let function = "_" + name.replacing("-", with: "_")
    let commands = program.commands.map { "    '\(escaped("\($0.name):\($0.summary.plain)"))'" }
    return """
      #compdef \(name)
      # zsh completion for \(name): save it as _\(name) in a folder of $fpath
      \(function)() {
        local curcontext="$curcontext" state line
        local -a commands
        commands=(
      \(commands.joined(separator: "\n"))
        )
        _arguments -C \\
      \(specs(program.common))
          '--help[how it is used]' '--version[the version of the program]' \\
          '1: :->command' '*:: :->arguments'
        case $state in
          command) _describe -t commands 'command' commands; _files ;;
          arguments)
            case $line[1] in
      \(program.commands.map(arguments).joined(separator: "\n"))
            esac ;;
        esac
      }
      if [[ $funcstack[1] == \(function) || $funcstack[1] == _\(name) ]]; then
        \(function) "$@"
      else
        compdef \(function) \(name)
      fi

      """
  }

  private func arguments(_ command: CommandShape) -> String {
    var rest: String
    switch Completion(command.arguments, of: program) {
    case .none: rest = "'*: :'"
    case .files: rest = "'*:file:_files'"
    case .words(let words): rest = "'1:word:(\(words.joined(separator: " ")))'"
    }
    if case .none = command.arguments { rest = "" }
    return "        \(command.name)) _arguments \\\n\(specs(program.options(of: command)))\n"
      + "          '--help[how it is used]' \(rest) ;;"
  }

  private func specs(_ options: [OptionShape]) -> String {
    options.map { "    '\(spec($0))' \\" }.joined(separator: "\n")
  }

  private func spec(_ option: OptionShape) -> String {
    let repeated = option.isRepeatable ? "*" : ""
    let help = escaped(option.help.plain)
    guard let placeholder = option.placeholder else { return "\(repeated)--\(option.name)[\(help)]" }
    let action: String
    switch Completion(option) {
    case .none: action = ""
    case .files: action = "_files"
    case .words(let words): action = "(\(words.joined(separator: " ")))"
    }
    return "\(repeated)--\(option.name)=[\(help)]:\(placeholder):\(action)"
  }

  /// Inside single quotes and the brackets of `_arguments`.
  private func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "'": out += "'\\''"
      case "[", "]", "\\": out += "\\\(character)"
      default: out.append(character)
      }
    }
    return out
  }
}
