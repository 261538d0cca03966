/// Whose missions: those of one source, or of whatever name.
public enum SourceNames: Hashable, Sendable {
  case every
  case only(String)

  /// Nil for every name.
  public var only: String? {
    if case .only(let name) = self { return name }
    return nil
  }

  /// Whether missions of this source are meant.
  public func contains(_ name: String) -> Bool { only.map { $0 == name } ?? true }
}
