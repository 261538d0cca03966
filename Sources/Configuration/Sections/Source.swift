import KeyTable
import MissionCore

extension Configuration {
  /// Where missions' bytes come from; a row of a mission file names it.
  package struct Source: ConfigurationSection {
    package var kind = Kind.worker
    /// Which of the configuration's workers serve it; nil: all of them.
    package var workers: [String]?
    /// The further columns of its rows.
    package var parameters: [Named<Parameter>] = []
    /// A listed mission that is DONE for longer is run again; nil never.
    package var refreshAfter: RefreshAfter?
    package init() {}

    package enum Kind: String, CaseIterable, Sendable {
      case worker

      /// Whether its missions have a media type and languages.
      package var needsMedia: Bool { self == .worker }
    }
  }

  /// A further column of mission files.
  package struct Parameter: ConfigurationSection {
    package var type = ParameterType.text
    package var isRequired = false
    package init() {}

    init(_ type: ParameterType) { self.type = type }
  }

  /// What mission files may name; nil without a `sources:` section.
  package var declaredSources: [SourceDeclaration]? {
    sources?.map { source in
      SourceDeclaration(
        name: source.name, needsMedia: source.value.kind.needsMedia,
        parameters: source.value.parameters.map {
          ParameterDeclaration(name: $0.name, type: $0.value.type, isRequired: $0.value.isRequired)
        })
    }
  }
}
