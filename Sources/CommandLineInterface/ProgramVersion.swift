/// What `--version` prints.
enum ProgramVersion {
  static let text = "mission-control 0.1.0"
}
