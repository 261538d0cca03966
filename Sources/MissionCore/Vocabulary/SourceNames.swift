/// Whose missions: those of one source, or of whatever name.
package enum SourceNames: Hashable, Sendable {
  case every
  case only(String)

  /// Nil for every name.
  package var only: String? {
    if case .only(let name) = self { return name }
    return nil
  }

  package func contains(_ name: String) -> Bool { only.map { $0 == name } ?? true }
}
