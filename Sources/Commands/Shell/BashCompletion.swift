/// Completions for bash 4 and newer, made of the command table; they need nothing else.
enum BashCompletion {
  static var script: String {
    let commands = CommandName.allCases.map(\.rawValue).joined(separator: " ")
    return """
      # bash completion for mission-control: source this file, or save it as
      # /usr/share/bash-completion/completions/mission-control
      _mission_control() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i word
        # --name=value comes as three words.
        if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          case $word in
            \(valued)) [[ ${COMP_WORDS[i+1]} == = ]] && ((i++)); ((i++)) ;;
            -*) ;;
            \(CommandName.allCases.map(\.rawValue).joined(separator: "|"))) command=$word; break ;;
          esac
        done
        case $prev in
      \(values)
        esac
        if [[ $cur == -* ]]; then
          case $command in
      \(options)
          esac
          return
        fi
        case $command in
          '') mapfile -t COMPREPLY < <(compgen -W '\(commands)' -- "$cur"; compgen -f -- "$cur"); compopt -o filenames ;;
      \(arguments)
        esac
      }
      complete -F _mission_control mission-control

      """
  }

  /// Every option of any command, once.
  private static var everyOption: [OptionSpec] {
    var seen: Set<String> = []
    return CommandName.allCases.flatMap { CommandTable.options(of: $0) }.filter {
      seen.insert($0.name).inserted
    }
  }

  private static var valued: String {
    everyOption.filter { $0.placeholder != nil }.map { "--\($0.name)" }.joined(separator: "|")
  }

  private static var values: String {
    everyOption.filter { $0.placeholder != nil }.map {
      "    --\($0.name)) \(offer(Completion($0))) return ;;"
    }
    .joined(separator: "\n")
  }

  private static var options: String {
    func names(_ command: CommandName) -> String {
      (CommandTable.options(of: command).map { "--\($0.name)" } + ["--help", "--version"]).joined(
        separator: " ")
    }
    return CommandName.allCases.map { command in
      let pattern = command == .run ? "''|run" : command.rawValue
      return "      \(pattern)) mapfile -t COMPREPLY < <(compgen -W '\(names(command))' -- \"$cur\") ;;"
    }.joined(separator: "\n")
  }

  private static var arguments: String {
    CommandName.allCases.compactMap { command in
      let completion = Completion(CommandTable.spec(of: command).arguments)
      return completion == .none ? nil : "    \(command.rawValue)) \(offer(completion)) ;;"
    }.joined(separator: "\n")
  }

  private static func offer(_ completion: Completion) -> String {
    switch completion {
    case .none: return ""
    case .files: return "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); compopt -o filenames;"
    case .words(let words):
      return "mapfile -t COMPREPLY < <(compgen -W '\(words.joined(separator: " "))' -- \"$cur\");"
    }
  }
}
