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

  /// What becomes of suspicious results of a source; nil: of any, without a `sources:` section.
  package func quality(of source: (any SourceSection)?) -> QualityPolicy {
    (source?.basics.quality ?? QualitySection()).policy(besides: quality)
  }

  /// Whether missions may run on workers.
  package var usesWorkers: Bool { sources?.contains { $0.value.workersUsed != .none } ?? true }
}
