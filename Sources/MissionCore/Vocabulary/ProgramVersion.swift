/// The version of this release.
package enum ProgramVersion {
  /// What reports and the manual page carry.
  package static let number = "0.1.0"
  /// When it was made; the manual page carries it.
  package static let day = "2026-11-26"
  /// What `--version` prints.
  package static let text = "mission-control \(number)"
}
