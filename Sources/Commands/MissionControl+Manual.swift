import CommandLine
import MissionCore

extension MissionControl {
  /// What the manual page says beside commands and options.
  static var manual: ManualSections {
    ManualSections(
      version: "Mission Control \(ProgramVersion.number)", day: ProgramVersion.day,
      purpose: "runs scrape missions from files",
      environmentIntroduction:
        "The configuration names the variables that it is filled from. What it leaves out comes from:",
      environment: [
        ("DATABASE_URL", "storage_db.connection_string"),
        (
          "S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY",
          "storage_s3, before the AWS_ variables of the same meaning"
        ),
        ("CREDENTIALS_DIRECTORY", "where relative secret files are looked up first (systemd)"),
        ("NO_COLOR", "no colours, as --color never"),
      ],
      files: [
        ("config.yaml", "the configuration; config schema prints its JSON Schema"),
        ("state/journal.sqlite", "the journal; spool, lock and reports lie beside it"),
      ],
      seeAlso: ["sqlite3 (1)", "systemd.timer (5)", "cron (8)"])
  }
}
