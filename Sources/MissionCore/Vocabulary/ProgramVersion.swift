/// The version of this release.
public enum ProgramVersion {
  /// What reports and the manual page carry.
  public static let number = "0.1.0"
  /// When it was made; the manual page carries it.
  public static let day = "2026-11-26"
  /// What `--version` prints.
  public static let text = "mission-control \(number)"
}
