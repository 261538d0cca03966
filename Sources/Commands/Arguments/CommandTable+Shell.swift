/// The commands that make the program at home in a shell.
extension CommandTable {
  static var completions: CommandSpec {
    CommandSpec(
      name: .completions, arguments: .choice(Shell.allCases.map(\.rawValue)),
      summary: "completions for a shell",
      details: [
        "Prints what completes commands, options and their values in bash, zsh or fish; its first lines say where to "
          + "save it."
      ],
      options: [],
      examples: [
        .init("source <(mission-control completions bash)", "for this shell"),
        .init(
          "mission-control completions fish > ~/.config/fish/completions/mission-control.fish", "for good"),
      ])
  }

  static var man: CommandSpec {
    CommandSpec(
      name: .man, arguments: .none,
      summary: "the manual page",
      details: ["Prints the manual page, made of the same table as this help, for man or groff."],
      options: [],
      examples: [
        .init("mission-control man | man -l -", "read it"),
        .init("mission-control man > /usr/local/share/man/man1/mission-control.1", "install it"),
      ])
  }
}
