/// A shell that completions are made for.
package enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

/// The completions of each shell.
package enum CompletionScript {
  /// What the shell reads.
  package static func text(of program: ProgramShape, for shell: Shell) -> String {
    switch shell {
    case .bash: return BashCompletion(program: program).script
    case .zsh: return ZshCompletion(program: program).script
    case .fish: return FishCompletion(program: program).script
    }
  }
}
