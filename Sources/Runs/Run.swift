import Configuration
import Crypto
import MissionCore
import MissionFiles
import Report

/// One run as its options ask for it: imports the mission files, resumes what earlier runs left, drives every chosen
/// mission to its end. Says everything to its log and its audience; needs no terminal.
package struct Run {
  let options: RunOptions
  let context: RunContext
  let audience: any RunAudience

  package init(_ options: RunOptions, _ context: RunContext, _ audience: any RunAudience) {
    self.options = options
    self.context = context
    self.audience = audience
  }

  /// However it ends, the audience and the metrics file are told.
  ///
  /// - Parameter configuration: reads it; called once signals are waited for.
  package func execute(
    configuration: () throws(CommandFailure) -> Configuration
  ) throws(CommandFailure) -> ExitCode {
    let ending = RunEnding(options: options, context: context, audience: audience)
    do throws(CommandFailure) {
      // First of all: from here on signals are blocked, and somebody waits for them.
      let stops = try StopHandler(
        context: context, audience: audience, drains: options.drains, ending: ending)
      if options.exitsWithParent { try stops.watchParent() }
      let code = try perform(try configuration(), ending, stops)
      stops.note(code)
      ending.tell(code)
      return code
    } catch {
      ending.tell(error.exitCode, error.message)
      throw error
    }
  }

  private func perform(
    _ configuration: Configuration, _ ending: RunEnding, _ stops: StopHandler
  ) throws(CommandFailure) -> ExitCode {
    // Asked of a journal before anything else is: most of the time there is nothing to do, and nothing is written.
    if options.isDue, try DueChoice.isIdle(configuration, options, context) { return .success }
    try ending.note(configuration)
    try RunComposition.requireDestination(configuration)
    let plan = try RunPlan(configuration: configuration, options: options)
    try requireLibraries()
    MemoryTuning.apply()
    try ReportPlaces.require(options)
    let choice = try MissionFileChoice(options, configuration, context)
    try MissionIntake.requireFiles(choice.files)
    try RunState.raiseDescriptorLimit(for: plan)
    let intake = try intake(choice, MissionSources(configuration.declaredSources))
    var random = SystemRandomNumberGenerator()
    let runID = RunIdentity.make(at: context.now(), random: &random)
    let session = RunSession(
      plan: plan, context: context.context(ofRun: runID), audience: audience, runID: runID,
      seed: random.next(),
      stops: stops, ending: ending)
    return try session.run(choice, intake: intake)
  }

  /// With `--strict` the files have been read once before, so that an error is known before any work.
  private func intake(
    _ choice: MissionFileChoice, _ sources: MissionSources
  ) throws(CommandFailure) -> MissionIntake {
    let log = context.log
    var kept = KeptInputs()
    if options.isStrict {
      for path in choice.files { try kept.keep(path) }
      var trial = MissionIntake(sources, kept: kept) { line in log.warning(line) }
      for line in choice.refusals { trial.refuse(line) }
      try trial.stream(choice) { _ in }
      guard trial.problems.count == 0 else {
        throw CommandFailure(
          .inputErrors, "stopped before any work: --strict and errors in the mission files")
      }
    }
    var intake = MissionIntake(sources, kept: kept) { line in log.warning(line) }
    for line in choice.refusals { intake.refuse(line) }
    return intake
  }

  /// Told before anything is touched rather than at the first digest.
  private func requireLibraries() throws(CommandFailure) {
    do throws(CryptoError) { try SHA256.requireLibrary() } catch {
      throw CommandFailure(.internalError, "\(error)")
    }
  }
}
