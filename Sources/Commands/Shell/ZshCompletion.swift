/// Completions for zsh, made of the command table.
enum ZshCompletion {
  static var script: String {
    let commands = CommandName.allCases.map {
      "    '\(escaped("\($0.rawValue):" + CommandTable.spec(of: $0).summary))'"
    }
    return """
      #compdef mission-control
      # zsh completion for mission-control: save it as _mission-control in a folder of $fpath
      _mission_control() {
        local curcontext="$curcontext" state line
        local -a commands
        commands=(
      \(commands.joined(separator: "\n"))
        )
        _arguments -C \\
      \(specs(CommandTable.common))
          '--help[how it is used]' '--version[the version of the program]' \\
          '1: :->command' '*:: :->arguments'
        case $state in
          command) _describe -t commands 'command' commands; _files ;;
          arguments)
            case $line[1] in
      \(CommandName.allCases.map(arguments).joined(separator: "\n"))
            esac ;;
        esac
      }
      if [[ $funcstack[1] == _mission_control || $funcstack[1] == _mission-control ]]; then
        _mission_control "$@"
      else
        compdef _mission_control mission-control
      fi

      """
  }

  private static func arguments(_ command: CommandName) -> String {
    let spec = CommandTable.spec(of: command)
    var rest: String
    switch Completion(spec.arguments) {
    case .none: rest = "'*: :'"
    case .files: rest = "'*:file:_files'"
    case .words(let words): rest = "'1:word:(\(words.joined(separator: " ")))'"
    }
    if case .none = spec.arguments { rest = "" }
    return "        \(command.rawValue)) _arguments \\\n\(self.specs(CommandTable.options(of: command)))\n"
      + "          '--help[how it is used]' \(rest) ;;"
  }

  private static func specs(_ options: [OptionSpec]) -> String {
    options.map { "    '\(spec($0))' \\" }.joined(separator: "\n")
  }

  private static func spec(_ option: OptionSpec) -> String {
    let repeated = option.isRepeatable ? "*" : ""
    let help = escaped(option.help)
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
  private static func escaped(_ text: String) -> String {
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
