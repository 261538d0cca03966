import CommandLine

extension ManCommand: MissionCommand {
  static var knowsShards: Bool { false }

  static var spec: CommandSpec<NoOptions> {
    CommandSpec(
      name: "man", arguments: .none,
      summary: "the manual page",
      details: ["Prints the manual page, made of the same table as this help, for man or groff."],
      examples: [
        .init("mission-control man | man -l -", "read it"),
        .init("mission-control man > /usr/local/share/man/man1/mission-control.1", "install it"),
      ])
  }
}
