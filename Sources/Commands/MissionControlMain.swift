import CommandLine
import Configuration
import Glibc
import KeyTable
import MissionCore
import ProcessStart
import Terminal
import Translation

/// The program: reads the command line, runs the command, ends with its exit code.
///
/// What each command does is left to its folder. Nothing is opened or computed
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
    return run(
      arguments, environment, now: ConfigurationSource.wallClock, output: STDOUT_FILENO, errors: STDERR_FILENO
    )
  }

  /// - Parameters:
  ///   - output: the descriptor that answers go to.
  ///   - errors: the descriptor that everything else goes to.
  static func run(
    _ arguments: [String], _ environment: [String: String], now: @escaping @Sendable () -> Timestamp,
    output: Int32, errors: Int32
  ) -> Int32 {
    Terminal.ignoreWriteSignals()
    let program = MissionControl.program
    let today = Today(arguments, environment: environment, now: now)
    let request: Request<CommonOptions, CommandContext>
    do throws(UsageError) {
      request = try ArgumentParser(program, today: today.day).parse(arguments)
    } catch {
      let terminal = Terminal(
        color: .never, environment: environment, outputDescriptor: output, errorDescriptor: errors)
      let language = LanguageChoice(option: LanguageChoice.option(in: arguments), environment: environment)
      terminal.errors.write(
        error.lines(of: program.shape.name, translate: Translator.to(language.current).translate))
      terminal.flush()
      return ExitCode.usage.rawValue
    }
    let common = Self.common(request, arguments)
    let terminal = Terminal(
      color: common.color, environment: environment, outputDescriptor: output, errorDescriptor: errors)
    let context = CommandContext(
      program: program.shape, common: common, environment: environment, terminal: terminal, now: now)
    var code: ExitCode
    do throws(CommandFailure) {
      if let failure = today.failure { throw failure }
      code = try execute(request, context)
    } catch {
      context.report(error)
      code = error.exitCode
    }
    return finish(code, context).rawValue
  }

  /// Help is told in the language that is asked for, whatever else stands on the line.
  private static func common(
    _ request: Request<CommonOptions, CommandContext>, _ arguments: [String]
  ) -> CommonOptions {
    if case .command(let invocation) = request { return invocation.common }
    var common = CommonOptions()
    common.locale = LanguageChoice.option(in: arguments)
    return common
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
    _ request: Request<CommonOptions, CommandContext>, _ context: CommandContext
  ) throws(CommandFailure) -> ExitCode {
    switch request {
    case .command(let invocation): return try invocation.execute(context)
    case .help(let command): HelpCommand.show(command, context)
    case .version: VersionCommand.show(context)
    }
    return .success
  }
}
