/// Completions for bash 4 and newer; they need nothing else.
struct BashCompletion {
  let program: ProgramShape

  var script: String {
    let name = program.name
    let function = "_" + name.replacing("-", with: "_")
    let commands = program.commands.map(\.name)
    return """
      # bash completion for \(name): source this file, or save it as
      # /usr/share/bash-completion/completions/\(name)
      \(function)() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i word
        # --name=value comes as three words.
        if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]}
          case $word in
            \(valued)) [[ ${COMP_WORDS[i+1]} == = ]] && ((i++)); ((i++)) ;;
            -*) ;;
            \(commands.joined(separator: "|"))) command=$word; break ;;
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
          '') mapfile -t COMPREPLY < <(compgen -W '\(commands.joined(separator: " "))' -- "$cur"; compgen -f -- "$cur"); compopt -o filenames ;;
      \(arguments)
        esac
      }
      complete -F \(function) \(name)

      """
  }

  private var valued: String {
    program.everyOption.filter { $0.placeholder != nil }.map { "--\($0.name)" }.joined(separator: "|")
  }

  private var values: String {
    program.everyOption.filter { $0.placeholder != nil }.map {
      "    --\($0.name)) \(offer(Completion($0))) return ;;"
    }
    .joined(separator: "\n")
  }

  private var options: String {
    func names(_ command: CommandShape) -> String {
      (program.options(of: command).map { "--\($0.name)" } + ["--help", "--version"]).joined(
        separator: " ")
    }
    return program.commands.map { command in
      let pattern = command.name == program.standard ? "''|\(command.name)" : command.name
      return "      \(pattern)) mapfile -t COMPREPLY < <(compgen -W '\(names(command))' -- \"$cur\") ;;"
    }.joined(separator: "\n")
  }

  private var arguments: String {
    program.commands.compactMap { command in
      let completion = Completion(command.arguments, of: program)
      return completion == .none ? nil : "    \(command.name)) \(offer(completion)) ;;"
    }.joined(separator: "\n")
  }

  private func offer(_ completion: Completion) -> String {
    switch completion {
    case .none: return ""
    case .files: return "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); compopt -o filenames;"
    case .words(let words):
      return "mapfile -t COMPREPLY < <(compgen -W '\(words.joined(separator: " "))' -- \"$cur\");"
    }
  }
}
