import CommandLine
import MissionCore

/// Options of `rerun`: DONE missions by id, or a choice among them.
struct RerunOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
  var selection = SelectionOptions()
  var onlySuspicious = false
  /// Ledger row or object is gone.
  var onlyLost = false
  var isConfirmed = false
}

extension RerunCommand: MissionCommand {
  static var spec: CommandSpec<RerunOptions> {
    CommandSpec(
      name: "rerun", arguments: .any("ID"),
      summary: "scrape DONE missions once more",
      details: [
        """
        Puts DONE missions back to PENDING at SCRAPE, named by id or chosen by the options; says how many first. The \
        next run scrapes them again, whatever its files say. Their rows and audit objects stay until the new ones \
        replace them, and where the new scrape fails they stay as they are.
        """,
        "Named by its id, a mission that FAILED with ERROR405 is put back too: the object that is there is replaced.",
      ],
      options: SelectionOptions.specs(at: \RerunOptions.selection) + [
        .flag("suspicious", "only missions whose result is not like those before it") {
          $0.onlySuspicious = true
        },
        .flag("lost", "only missions whose rows or audit object are gone: destination and store are asked") {
          $0.onlyLost = true
        },
        .flag("yes", "do not ask; needed where there is no terminal") { $0.isConfirmed = true },
      ],
      examples: [
        .init("mission-control rerun 4f1d", "one mission, by the beginning of its id"),
        .init("mission-control rerun --suspicious --from -7d", "what looked wrong in the last week"),
        .init("mission-control rerun --source harvest --from -7d --yes", "the last week of a source"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout RerunOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.selection.requireRange()
    options.missions = try MissionReference.all(arguments)
    let isChosenByOptions =
      options.selection != SelectionOptions() || options.onlySuspicious || options.onlyLost
    if options.missions.isEmpty, !isChosenByOptions {
      let names = ["--suspicious", "--lost", SelectionOptions.names].joined(separator: ", ")
      throw UsageError("rerun needs ids, or one of \(names)")
    }
    if !options.missions.isEmpty, isChosenByOptions {
      throw UsageError("rerun takes ids or a choice by options, not both")
    }
    options.selection.shard = common.shard?.part
  }
}
