import CommandLine
import MissionCore

/// Options of `verify`.
struct VerifyOptions: CommandOptions, Equatable {
  /// Requests at once, when nothing else is said: enough to hide a store's latency.
  static let defaultAtOnce = 16

  var missions: [MissionReference] = []
  var selection = SelectionOptions()
  /// Asks for sizes, ETags and counts only.
  var isQuick = false
  var repairs = false
  var isConfirmed = false
  var atOnce = VerifyOptions.defaultAtOnce

  /// Only when every mission is looked at is it known what belongs to none.
  var looksForExtras: Bool { missions.isEmpty && selection == SelectionOptions() }
}

extension VerifyCommand: MissionCommand {
  static var spec: CommandSpec<VerifyOptions> {
    CommandSpec(
      name: "verify", arguments: .any("ID"),
      summary: "compare journal, destination and store",
      details: [
        """
        Compares what the journal says of DONE missions with the destination (ledger row, number of rows, each row with \
        what the audit object holds) and with the store (every audit object is read and its SHA-256 compared), \
        and prints a line for all that is missing, altered or extra. What belongs to no mission is looked for when \
        no mission is chosen; it is told, in at most 20 lines a kind, and never removed. Missions that only the \
        destination's ledger knows were pruned: they are counted. Ends with 0 when nothing differs, with 1 when \
        something does.
        """,
        """
        --repair then says what it will do and mends it: it writes objects and rows once more where the spool, \
        the object or the rows still have what was scraped, as the journal's SHA-256 proves, and puts the \
        other missions back to SCRAPE for the next run. Nothing is removed before something replaces it. No run \
        may be live.
        """,
      ],
      options: SelectionOptions.specs(at: \VerifyOptions.selection) + [
        .flag("quick", "do not read objects and rows: compare sizes, ETags, metadata and counts") {
          $0.isQuick = true
        },
        .value("max-requests", "N", "requests at once (default \(VerifyOptions.defaultAtOnce))") {
          options, text, _ throws(ValueProblem) in
          options.atOnce = try OptionReading.integer(text, in: 1...256)
        },
        .flag("repair", "mend what can be mended, put the rest back to be scraped anew") {
          $0.repairs = true
        },
        .flag("yes", "do not ask before repairing; needed where there is no terminal") {
          $0.isConfirmed = true
        },
      ],
      examples: [
        .init("mission-control verify", "is all there, byte for byte?"),
        .init("mission-control verify --from -7d --quick", "the last week, without reading the objects"),
        .init("mission-control verify --repair", "mend what differs, after asking"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout VerifyOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.selection.requireRange()
    options.missions = try MissionReference.all(arguments)
    if options.isConfirmed, !options.repairs { throw UsageError("--yes goes with --repair") }
  }
}
