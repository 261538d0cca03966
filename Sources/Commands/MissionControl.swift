import CommandLine
import MissionCore

/// Mission Control as a command line shows it.
enum MissionControl {
  static let program = Program(
    shape, common: CommonOptions.specs, commands: CommandList.all.map { listed($0) })

  private static func listed<C: MissionCommand>(
    _ type: C.Type
  ) -> ListedCommand<CommonOptions, CommandContext> {
    ListedCommand(type) { (common) throws(UsageError) in
      if common.isQuiet, common.isVerbose {
        throw UsageError("--quiet and --verbose exclude each other")
      }
      if common.shard != nil, !C.knowsShards {
        throw UsageError("--shard is for commands that have to do with a journal; \(name(C.self)) has not")
      }
      if !C.formats.contains(common.output) {
        let accepted = Alternatives.text(C.formats.map(\.rawValue))
        let others = CommandList.all.filter { $0.formats.contains(common.output) }.map { name($0) }
        throw UsageError(
          "--output must be \(accepted), got \"\(common.output.rawValue)\" (\(Alternatives.text(others)) can)"
        )
      }
    }
  }

  private static func name<C: MissionCommand>(_ type: C.Type) -> String { type.spec.name }

  private static var shape: ProgramShape {
    ProgramShape(
      name: "mission-control", usage: "usage: mission-control [COMMAND] [OPTIONS]",
      about:
        """
        Runs scrape missions from files: each goes through SCRAPE, DB and S3, every step is recorded in a \
        local journal, and running the same command again resumes.
        """,
      examples: [
        Example("mission-control check", "is everything there that a run needs?"),
        Example("mission-control plan", "what would run?"),
        Example("mission-control", "run it; again: resume it"),
        Example("mission-control list --status failed", "what went wrong?"),
        Example("mission-control retry --failed && mission-control", "once more"),
      ],
      exitCodes: ExitCode.allCases.map { ($0.rawValue, $0.meaning) }, manual: manual, standard: "run",
      unknownCommand: { word in
        let (shown, argument) = (UntrustedText.quoted(word), ShellWord.quoted(word))
        return "unknown command \(shown); if it is a mission file, write: mission-control run \(argument)"
      })
  }
}
