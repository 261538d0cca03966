import Configuration
import MissionCore
import Runs
import Verification

extension ComparedParts {
  /// Destination and store as the configuration names them. The destination is to be closed.
  static func opened(
    _ configuration: Configuration, _ context: CommandContext
  ) throws(CommandFailure) -> ComparedParts {
    try RunComposition.requireDestination(configuration)
    let composition = RunComposition(
      plan: RunPlan(checking: configuration), context: context.ofRuns,
      redactor: Redactor(secrets: configuration.secrets))
    let http = try RunComposition.httpClient()
    return ComparedParts(
      destination: try composition.destination(http), store: try composition.store(http),
      places: composition.places, prefixes: composition.prefixes)
  }
}
