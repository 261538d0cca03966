import Configuration
import Glibc
import MissionCore
import ProcessStart
import Terminal
import Translation

/// The program: reads the command line, runs the command, ends with its exit code.
///
/// What each command does is left to the types of `Commands/` and `Run/`. Nothing is opened or computed
/// before a command needs it, so that `--help` costs nothing.
public enum MissionControlMain {
  /// With the arguments of this process.
  /// - Returns: the exit code of SPEC 4.
  public static func runProcess() -> Int32 {
    if let arguments = ProcessArguments.withoutName() { return run(arguments: arguments) }
    let environment = ConfigurationSource.processEnvironment()
    let terminal = Terminal(color: .never, environment: environment)
    let language = LanguageChoice(option: nil, environment: environment).current
    terminal.errors.write(
      "mission-control: \(Translator.to(language).translate(ProcessArguments.missing))\n")
    terminal.flush()
    return ExitCode.internalError.rawValue
  }

  /// - Parameter arguments: without the program's name.
  /// - Returns: the exit code of SPEC 4.
  public static func run(
    arguments: [String], environment: [String: String] = ConfigurationSource.processEnvironment()
  ) -> Int32 {
    ServiceManager.disinherit()
    AmbientVariables.disinherit()
    return run(arguments, environment, now: WallClock.now, output: STDOUT_FILENO, errors: STDERR_FILENO)
  }

  /// - Parameters:
  ///   - output: the descriptor that answers go to.
  ///   - errors: the descriptor that everything else goes to.
  static func run(
    _ arguments: [String], _ environment: [String: String], now: @escaping @Sendable () -> Timestamp,
    output: Int32, errors: Int32
  ) -> Int32 {
    Terminal.ignoreWriteSignals()
    let invocation: Invocation
    do throws(UsageError) {
      invocation = try ArgumentParser(today: now().day).parse(arguments)
    } catch {
      let terminal = Terminal(
        color: .never, environment: environment, outputDescriptor: output, errorDescriptor: errors)
      let language = LanguageChoice(option: LanguageChoice.option(in: arguments), environment: environment)
      terminal.errors.write(error.lines(in: language.current))
      terminal.flush()
      return ExitCode.usage.rawValue
    }
    let terminal = Terminal(
      color: invocation.common.color, environment: environment, outputDescriptor: output,
      errorDescriptor: errors)
    let context = CommandContext(
      common: invocation.common, environment: environment, terminal: terminal, now: now)
    var code: ExitCode
    do throws(CommandFailure) {
      code = try execute(invocation.command, context)
    } catch {
      context.report(error)
      code = error.exitCode
    }
    return finish(code, context).rawValue
  }

  /// Everything is written, or it is told that it could not be.
  private static func finish(_ code: ExitCode, _ context: CommandContext) -> ExitCode {
    let terminal = context.terminal
    terminal.errors.drainSent()
    let failure = terminal.outputFailure()
    if let failure { context.report(failure) }
    terminal.errors.close()
    return ExitCode.winner(of: [code] + (failure.map { [$0.exitCode] } ?? []))
  }

  private static func execute(
    _ command: Command, _ context: CommandContext
  ) throws(CommandFailure) -> ExitCode {
    switch command {
    case .run(let options): return try RunCommand.execute(options, context)
    case .plan(let options): return try PlanCommand.execute(options, context)
    case .backfill(let options): return try BackfillCommand.execute(options, context)
    case .status(let options): return try StatusCommand.execute(options, context)
    case .list(let options): return try ListCommand.execute(options, context)
    case .show(let mission): return try ShowCommand.execute(mission, context)
    case .retry(let options): return try RetryCommand.execute(options, context)
    case .cancel(let missions): return try CancelCommand.execute(missions, context)
    case .check(let options): return try CheckCommand.execute(options, context)
    case .verify(let options): return try VerifyCommand.execute(options, context)
    case .report(let options): return try ReportCommand.execute(options, context)
    case .prune(let options): return try PruneCommand.execute(options, context)
    case .config(let options): return try ConfigCommand.execute(options, context)
    case .completions(let shell): context.print(CompletionScript.text(for: shell))
    case .man: context.print(ManPage.text)
    case .help(let name): context.print(HelpText(language: context.language.current).text(for: name))
    case .version: context.print(ProgramVersion.text + "\n")
    }
    return .success
  }
}
