/// What the manual page says beside commands and options.
package struct ManualSections: Sendable {
  /// As `0.1.0`.
  let version: String
  let day: String
  /// Behind the program's name: `runs things`.
  let purpose: String
  let environmentIntroduction: String
  let environment: [(name: String, meaning: String)]
  let files: [(name: String, meaning: String)]
  /// Pages of the manual, as `sqlite3 (1)`.
  let seeAlso: [String]

  package init(
    version: String, day: String, purpose: String, environmentIntroduction: String,
    environment: [(name: String, meaning: String)], files: [(name: String, meaning: String)],
    seeAlso: [String]
  ) {
    self.version = version
    self.day = day
    self.purpose = purpose
    self.environmentIntroduction = environmentIntroduction
    self.environment = environment
    self.files = files
    self.seeAlso = seeAlso
  }
}
