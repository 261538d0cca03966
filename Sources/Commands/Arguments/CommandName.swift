/// The commands of this release, by the word that is typed.
enum CommandName: String, CaseIterable, Sendable {
  case run, plan, backfill, status, list, show, retry, cancel, check, verify, report, prune, config,
    completions, man
}
