/// The catalogue of Brazilian Portuguese, a file for each part of the program.
///
/// The keys are the program's English sentences, character by character: `TranslationTests` finds every sentence in the
/// sources that has no entry here, and every entry that no source needs any more.
enum Portuguese {
  static let parts = [
    help, usage, commands, configuration, missionFiles, journal, runs, services, check, notifications, words,
    keeping, process, contract, formats, choosing, coverage, schedules, placeholders, commandSource,
    httpSource, shards,
  ]

  static var catalogue: [CatalogueEntry] {
    parts.flatMap { part in part.map { CatalogueEntry($0.key, $0.value) } }
  }
}
