import KeyTable
import Kind
import MissionCore

extension Configuration {
  /// What mission files may name; nil without a `sources:` section.
  package var declaredSources: [SourceDeclaration]? {
    sources?.map { source in
      SourceDeclaration(
        name: source.name, needsMedia: type(of: source.value).needsMedia,
        parameters: source.value.basics.parameters.map {
          ParameterDeclaration(
            name: $0.name, type: $0.value.type, isRequired: $0.value.isRequired,
            isArgument: source.value.arguments.contains($0.name))
        })
    }
  }

  /// How missions of a source are driven; nil when it is not configured.
  package func policy(of name: String) -> SourcePolicy? {
    guard let sources else { return policy(of: nil) }
    return sources.first { $0.name == name }.map { policy(of: $0.value) }
  }

  /// How missions of a source are driven; nil: of any, without a `sources:` section.
  package func policy(of source: (any SourceSection)?) -> SourcePolicy {
    var policy = source?.policy ?? SourcePolicy()
    policy.quality = (source?.basics.quality ?? QualitySection()).policy(besides: quality)
    return policy
  }

  /// Whether missions may run on workers.
  package var usesWorkers: Bool { sources?.contains { $0.value.workersUsed != .none } ?? true }
}
