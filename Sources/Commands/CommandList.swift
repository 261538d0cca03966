/// Every command, in the order of the help: the one place that names them. The parser, the help, the completions, the
/// manual page and the tests follow from it; a new command is its folder and a line here.
enum CommandList {
  static let all: [any MissionCommand.Type] = [
    RunCommand.self,
    InitCommand.self,
    PlanCommand.self,
    BackfillCommand.self,
    StatusCommand.self,
    ListCommand.self,
    CoverageCommand.self,
    ShowCommand.self,
    WhyCommand.self,
    RetryCommand.self,
    RerunCommand.self,
    CancelCommand.self,
    AcceptCommand.self,
    CheckCommand.self,
    VerifyCommand.self,
    ReportCommand.self,
    RunsCommand.self,
    LogsCommand.self,
    PruneCommand.self,
    ConfigCommand.self,
    CompletionsCommand.self,
    ManCommand.self,
    HelpCommand.self,
    VersionCommand.self,
  ]
}
