import Report

extension KeepingPhrases {
  static var english: KeepingPhrases {
    let numbers = Humanized(.english)
    return KeepingPhrases(
      kind: { $0.rawValue },
      part: { $0.rawValue },
      progress: {
        "\($0) of \($1) missions, \($2 == 1 ? "1 difference" : "\(numbers.count($2)) differences")"
      },
      clean: { "\($0) verified: nothing differs" },
      differing: {
        "\($0) verified: \(numbers.count($1.missing)) missing, \(numbers.count($1.altered)) altered, "
          + "\(numbers.count($1.extra)) extra"
      },
      mends: { "\($0) mends what can be mended" },
      mended: { "mended: \($0)" },
      putBack: { "put back to SCRAPE: \($0); \($1) scrapes them" },
      notMended: { "differs still: \($0)" },
      moreExtras: { "… and \(numbers.count($0)) more extra in the \($1.rawValue)" },
      pruned: { "pruned: \($0), known by the destination's ledger and not by the journal" },
      notCompared: { "rows only counted, not compared: \($0)" },
      repairWill: "repair will",
      loadAgain: { "load the ads of \($0) again, from what the store or the spool has" },
      putAgain: { "put the object of \($0) again, from what the destination or the spool has" },
      scrapeAgain: { "put \($0) back to SCRAPE, since nothing has their bytes any more" },
      pruneWill: { "prune will remove \($0) from the journal" },
      stillNamed: {
        $0 == 1
          ? "1 more stays: mission files or windows name it now"
          : "\(numbers.count($0)) more stay: mission files or windows name them now"
      },
      goOn: "go on? [y/N] ",
      yes: ["y", "yes"],
      nothingChanged: "nothing was changed",
      amount: { "\($0) and \($1 == 1 ? "1 event" : "\(numbers.count($1)) events")" },
      removed: { "\($0) removed" },
      liveSince: { "run \($0) is live since \($1)" },
      lastFailures: "Last failures",
      quits: "q ends")
  }
}
