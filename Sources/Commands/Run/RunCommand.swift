import Configuration
import Crypto
import MissionCore
import Report
import Terminal

/// `run`: imports the mission files, resumes what earlier runs left, drives every chosen mission to its end.
enum RunCommand {
  /// However it ends, the service manager and the metrics file are told.
  static func execute(_ options: RunOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    let ending = RunEnding(options: options, context: context)
    do throws(CommandFailure) {
      // First of all: from here on signals are blocked, and somebody waits for them.
      let stops = try StopDesk(context: context, drains: options.drains, ending: ending)
      try context.writeErrorsInBackground()
      let code = try perform(options, context, ending, stops)
      stops.note(code)
      ending.tell(code)
      return code
    } catch {
      ending.tell(error.exitCode, error.message)
      throw error
    }
  }

  private static func perform(
    _ options: RunOptions, _ context: CommandContext, _ ending: RunEnding, _ stops: StopDesk
  ) throws(CommandFailure) -> ExitCode {
    let configuration = try context.configuration()
    try ending.note(configuration)
    try RunComposition.requireDestination(configuration)
    let plan: RunPlan
    do throws(UsageError) {
      plan = try RunPlan(configuration: configuration, options: options)
    } catch { throw CommandFailure(.usage, error.message) }
    try requireLibraries()
    MemoryTuning.apply()
    try ReportPlaces.require(options)
    let choice = try MissionFileChoice(options, configuration, context)
    try MissionIntake.requireFiles(choice.files)
    try RunState.raiseDescriptorLimit(forConcurrency: plan.policy.maxConcurrency)
    let intake = try intake(choice, isStrict: options.isStrict, context)
    var random = SystemRandomNumberGenerator()
    let session = RunSession(
      plan: plan, context: context, runID: RunIdentity.make(at: context.now(), random: &random),
      seed: random.next(), stops: stops, ending: ending)
    return try session.run(files: choice.files, intake: intake)
  }

  /// With `--strict` the files have been read once before, so that an error is known before any work.
  private static func intake(
    _ choice: MissionFileChoice, isStrict: Bool, _ context: CommandContext
  ) throws(CommandFailure) -> MissionIntake {
    var kept = KeptInputs()
    if isStrict {
      for path in choice.files { try kept.keep(path) }
      var trial = MissionIntake(kept: kept) { line in context.log.warning(line) }
      for line in choice.refusals { trial.refuse(line) }
      try trial.stream(choice.files) { _ in }
      guard trial.problems.count == 0 else {
        throw CommandFailure(
          .inputErrors, "stopped before any work: --strict and errors in the mission files")
      }
    }
    var intake = MissionIntake(kept: kept) { line in context.log.warning(line) }
    for line in choice.refusals { intake.refuse(line) }
    return intake
  }

  /// Told before anything is touched rather than at the first digest.
  private static func requireLibraries() throws(CommandFailure) {
    do throws(CryptoError) { try SHA256.requireLibrary() } catch {
      throw CommandFailure(.internalError, "\(error)")
    }
  }
}
