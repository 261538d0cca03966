/// What earlier scrapes of a mission have left in the store, which a new one replaces or removes.
public struct FormerObjects: Hashable, Sendable {
  /// Rows and audit object of another scrape may be there, and are to be replaced on purpose: it was DONE and is put back,
  /// its bytes were lost, or what was found outside does not fit together.
  public var replaces = false
  /// Names of kept files that may be there and that the new scrape lacks: to be removed once its audit object is there.
  public var files: [String] = []

  public init(replaces: Bool = false, files: [String] = []) {
    self.replaces = replaces
    self.files = files
  }

  /// The names once another scrape has brought its own.
  func files(after old: [KeptFile], without new: [KeptFile]) -> [String] {
    let kept = Set(new.map(\.name))
    return Set(files + old.map(\.name)).subtracting(kept).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }
}
