import MissionCore

/// The sources that rows may name, and the columns that follow from them.
package struct MissionSources: Sendable {
  /// Nil where the configuration has no `sources:`: then every name is a source that needs media type and languages,
  /// and none has parameters.
  private let declared: [SourceDeclaration]?
  /// The parameters of all sources, each name once, in the order of the configuration.
  let parameterNames: [String]
  /// What every file must have.
  let requiredColumns: [MissionColumn]

  /// - Parameter declared: nil without `sources:`.
  package init(_ declared: [SourceDeclaration]?) {
    self.declared = declared
    var names: [String] = []
    for parameter in (declared ?? []).flatMap(\.parameters) where !names.contains(parameter.name) {
      names.append(parameter.name)
    }
    parameterNames = names
    let needsMedia = declared?.allSatisfy(\.needsMedia) ?? true
    requiredColumns = [.dateStart, .dateEnd] + (needsMedia ? [.mediaType, .languages] : [])
  }

  /// As without `sources:`.
  package static let any = MissionSources(nil)

  /// Fields of a row that are kept: more than a file has columns, so that one too many is seen.
  var keptFields: Int { MissionColumn.allCases.count + parameterNames.count + 2 }

  /// The column of that name; nil when there is none.
  func column(_ name: String) -> MissionHeader.Column? {
    if let column = MissionColumn(rawValue: name) { return .fixed(column) }
    return parameterNames.contains(name) ? .parameter(name) : nil
  }

  /// What is declared of a source; nil when the configuration does not have it. The name is a valid one.
  func declaration(of name: String) -> SourceDeclaration? {
    guard let declared else { return SourceDeclaration(name: name, needsMedia: true, parameters: []) }
    return declared.first { $0.name == name }
  }

  /// What a row may have as its source, for messages.
  var accepted: Message {
    declared.map { "\($0.map(\.name).joined(separator: ", "))" }
      ?? "a lower-case letter or digit, then up to 63 of a-z, 0-9, _ and -"
  }
}
