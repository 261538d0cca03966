/// The version of this release.
enum ProgramVersion {
  static let number = "0.1.0"
  /// What `--version` prints.
  static let text = "mission-control \(number)"
}
