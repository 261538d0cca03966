/// What a shell offers for a value.
enum Completion: Hashable, Sendable {
  case none
  case files
  case words([String])

  /// Whatever the option's help calls FILE is one.
  init(_ option: OptionShape) {
    if !option.choices.isEmpty {
      self = .words(option.choices)
    } else {
      self = option.placeholder == "FILE" ? .files : .none
    }
  }

  init(_ arguments: ArgumentShape, of program: ProgramShape) {
    switch arguments {
    case .any("FILES"): self = .files
    case .optional(let word) where word == word.lowercased(): self = .words([word])
    case .choice(let words): self = .words(words)
    case .command: self = .words(program.commands.map(\.name))
    default: self = .none
    }
  }
}
