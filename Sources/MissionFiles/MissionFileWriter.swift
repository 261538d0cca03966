import MissionCore

/// Writes missions as a file that `MissionFileReader` reads again as the same missions.
package struct MissionFileWriter: Sendable {
  /// How the first line of each file begins that this writes.
  package static let headerBeginning = "date_start,date_end,media_type,languages,source"

  private let sources: MissionSources

  /// - Parameter sources: whose parameters become columns.
  package init(_ sources: MissionSources) { self.sources = sources }

  package var header: String {
    ([Self.headerBeginning] + sources.parameterNames).joined(separator: ",") + "\n"
  }

  /// Nil for a mission that a reader would refuse: its source is not declared any more, or not its parameters.
  package func row(_ mission: MissionParameters) -> String? {
    guard let source = sources.declaration(of: mission.source) else { return nil }
    var cells = [
      "\(mission.dateStart)", "\(mission.dateEnd)", mission.mediaTypeText, mission.languageList,
      mission.source == "default" ? "" : mission.source,
    ]
    if source.needsMedia, mission.mediaType == nil || mission.languages.isEmpty { return nil }
    let entries = mission.values.entries
    guard entries.allSatisfy({ entry in source.parameters.contains { $0.accepts(entry) } }),
      source.parameters.allSatisfy({ declared in
        !declared.isRequired || entries.contains { $0.name == declared.name }
      })
    else { return nil }
    for name in sources.parameterNames {
      cells.append(entries.first { $0.name == name }?.value.text ?? "")
    }
    return cells.map(Self.quoted).joined(separator: ",") + "\n"
  }

  /// As RFC 4180 has it, and nothing else: a mission file is read by programs.
  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

extension ParameterDeclaration {
  fileprivate func accepts(_ entry: ParameterValues.Entry) -> Bool {
    entry.name == name && type.value(of: entry.value.text) == entry.value
  }
}
