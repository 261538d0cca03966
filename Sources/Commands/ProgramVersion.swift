/// The version of this release.
enum ProgramVersion {
  static let number = "0.1.0"
  /// When it was made; the manual page carries it.
  static let day = "2026-11-26"
  /// What `--version` prints.
  static let text = "mission-control \(number)"
}
