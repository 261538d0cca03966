import MissionCore
import Terminal

/// The commands that look after what earlier runs left.
extension CommandTable {
  static var verify: CommandSpec {
    CommandSpec(
      name: .verify, arguments: .any("ID"),
      summary: "compare journal, destination and store",
      details: [
        "Compares what the journal says of DONE missions with the destination (ledger row, number of rows, each row with "
          + "what the audit object holds) and with the store (every audit object is read and its SHA-256 compared), "
          + "and prints a line for all that is missing, altered or extra. What belongs to no mission is looked for when "
          + "no mission is chosen; it is told, in at most 20 lines a kind, and never removed. Missions that only the "
          + "destination's ledger knows were pruned: they are counted. Ends with 0 when nothing differs, with 1 when "
          + "something does.",
        "--repair then says what it will do and mends it: it writes objects and rows once more where the spool, "
          + "the object or the rows still have what was scraped, as the journal's SHA-256 proves, and puts the "
          + "other missions back to SCRAPE for the next run. Nothing is removed before something replaces it. No run "
          + "may be live.",
      ],
      options: verifySelection + [
        .value("shard", "I/N", "only this part of the missions, as run --shard has it") {
          options, text, _ throws(ValueProblem) in
          options.verify.shard = try OptionReading.shard(text)
        },
        .flag("quick", "do not read objects and rows: compare sizes, ETags, metadata and counts") {
          $0.verify.isQuick = true
        },
        .value("max-requests", "N", "requests at once (default \(VerifyOptions.defaultAtOnce))") {
          options, text, _ throws(ValueProblem) in
          options.verify.atOnce = try OptionReading.integer(text, in: 1...256)
        },
        .flag("repair", "mend what can be mended, put the rest back to be scraped anew") {
          $0.verify.repairs = true
        },
        .flag("yes", "do not ask before repairing; needed where there is no terminal") {
          $0.verify.isConfirmed = true
        },
      ],
      examples: [
        .init("mission-control verify", "is all there, byte for byte?"),
        .init("mission-control verify --from -7d --quick", "the last week, without reading the objects"),
        .init("mission-control verify --repair", "mend what differs, after asking"),
      ])
  }

  static var prune: CommandSpec {
    CommandSpec(
      name: .prune, arguments: .any("ID"),
      summary: "remove finished missions from the journal",
      details: [
        "Removes missions that are not queued or running from the journal, with their events: those named by id, "
          + "or those that are finished and chosen by the options, or without either what the configuration's "
          + "retention: says (missions: finished ones of that age; events: older events of finished missions that "
          + "stay). Says how many first. Destination and store are not touched.",
        "A mission that is pruned is unknown: if a mission file still has its row, the next run runs it again, and "
          + "its rows and its object are replaced, not doubled.",
      ],
      options: [
        .flag("done", "only DONE missions") { $0.prune.onlyDone = true },
        .value("older-than", "DURATION", "missions that were finished so long ago: 30d, 12h") {
          options, text, _ throws(ValueProblem) in
          options.prune.olderThan = try OptionReading.duration(text)
        },
        .flag("yes", "do not ask; needed where there is no terminal") { $0.prune.isConfirmed = true },
      ],
      examples: [
        .init("mission-control prune --done --older-than 90d", "what was done three months ago"),
        .init("mission-control prune --yes", "what retention: says, from cron"),
      ])
  }
}
