/// A further column of mission files that a source takes.
package struct ParameterDeclaration: Hashable, Sendable {
  /// `[a-z][a-z0-9_]{0,62}`.
  package let name: String
  package let type: ParameterType
  /// Every row of the source must have a value.
  package let isRequired: Bool
  /// A value of it is an argument of a program by itself, where one that begins with `-` would be an option (SOURCES 3).
  package let isArgument: Bool

  package init(name: String, type: ParameterType, isRequired: Bool = false, isArgument: Bool = false) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.isArgument = isArgument
  }

  /// Whether a value that its type takes would be something else where it is used.
  package func refuses(_ value: ParameterValue) -> Bool {
    isArgument && value.text.utf8.first == UInt8(ascii: "-")
  }

  /// What is accepted where it `refuses`.
  package static let acceptedArgument: Message =
    "a value that does not begin with -, for the program would take it for an option"
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
