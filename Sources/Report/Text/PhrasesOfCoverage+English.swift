extension CoveragePhrases {
  static var english: CoveragePhrases {
    let numbers = Humanized(.english)
    @Sendable func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(numbers.count(count)) days" }
    return CoveragePhrases(
      language: .english,
      state: { $0.rawValue },
      counted: { "\(numbers.count($0)) \($1.rawValue)" },
      days: days,
      slices: { $0 == 1 ? "1 slice" : "\(numbers.count($0)) slices" },
      thereOf: { "\(numbers.count($0)) of \(days($1)) there" },
      isWhole: "every wanted day is there",
      nothingWanted: "no day is wanted: neither a mission file nor the journal names one",
      moreRanges: { "… and \(numbers.count($0)) more; --output csv has them all" },
      moreWholeSlices: { "… and \(numbers.count($0)) more that are whole" },
      written: { "\($0) written to \($1)" },
      notWritten: {
        "\($0) cannot be named by a file: their source or a parameter is not in the configuration any more"
      },
      writes: { "writes a mission file of the \($0) that would mend this" },
      mends: { "first: mends what is lost (\($0)), or puts it back to be scraped anew" },
      runs: { "runs the \($0) of the file" },
      scrapesAgain: { "has what looks wrong (\($0)) scraped once more; accept ID says that it is right" },
      title: "Coverage",
      skipToContent: "Skip to the days",
      totals: "Totals",
      wanted: "wanted days",
      next: "What to type next",
      notThere: "Not there, or suspicious",
      moreSlices: {
        "\(numbers.count($0)) more slices are counted above but not shown; --output csv has them all."
      },
      stateHead: "state", fromHead: "from", toHead: "to", daysHead: "days",
      writtenAt: { "Written \($0) by Mission Control \($1)." },
      footer:
        "A day is told by the best of the missions that cover it. This file needs no network and sends nothing.",
      months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"])
  }
}
