/// A further column of mission files that a source takes.
package struct ParameterDeclaration: Hashable, Sendable {
  /// `[a-z][a-z0-9_]{0,62}`.
  package let name: String
  package let type: ParameterType
  /// Every row of the source must have a value.
  package let isRequired: Bool

  package init(name: String, type: ParameterType, isRequired: Bool = false) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
  }
}

/// What a source of the configuration says about the rows that name it.
package struct SourceDeclaration: Hashable, Sendable {
  package let name: String
  /// Its rows must have a media type and languages.
  package let needsMedia: Bool
  /// In the order of the configuration.
  package let parameters: [ParameterDeclaration]

  package init(name: String, needsMedia: Bool, parameters: [ParameterDeclaration]) {
    self.name = name
    self.needsMedia = needsMedia
    self.parameters = parameters
  }
}
