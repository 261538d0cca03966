/// The completions of each shell.
enum CompletionScript {
  static func text(for shell: Shell) -> String {
    switch shell {
    case .bash: return BashCompletion.script
    case .zsh: return ZshCompletion.script
    case .fish: return FishCompletion.script
    }
  }
}
