import MissionCore

extension ChoosingPhrases {
  static var english: ChoosingPhrases {
    ChoosingPhrases(
      phase: { $0.rawValue },
      runHeads: ["RUN", "STARTED", "TIME", "ENDED", "SELECTED", "DONE", "FAILED", "LEFT"],
      noRuns: "no runs",
      finished: "finished",
      madeHead: "MADE",
      slots: { "\($0) slots" },
      notImported: "not in the journal yet",
      chosen: "a run takes it now",
      notChosen: "a run leaves it alone",
      rule: englishRule,
      goesOn: { "it goes on at \($0.rawValue): \($1)" },
      reason: englishReason,
      stands: { "its row stands at \($0)" },
      stood: { "its row stood at \($0) when it was imported; no file names it now" },
      noOrigin: "no file names it now",
      failedBefore: "Failed before",
      type: { $0 == .done ? "\($1) scrapes it once more" : "\($1) takes it up" },
      rerunWill: {
        "rerun will put \($0) back to SCRAPE: each is started at its source once more; rows and objects stay until new "
          + "ones replace them"
      },
      windows: "Windows",
      dueSlots: "Slots that are due",
      nextSlots: "Next slots",
      nothingDue: "no slot is due",
      paused: "paused",
      refreshed: "due again (refresh_after)",
      startsAt: { "starts at \($0)" },
      expectedTime: "time expected", recovered: "done already, as destination and store say")
  }

  @Sendable private static func englishRule(_ rule: ChoiceRule) -> String {
    switch rule {
    case .listed: return "a file or window names it, and it is not finished"
    case .underWay: return "an earlier run left it under way"
    case .putBack: return "it was put back by retry or rerun"
    case .outage: return "it FAILED because of its surroundings, which a new run tries again"
    case .due: return "it is DONE for longer than refresh_after allows"
    case .done: return "it is DONE"
    case .failed: return "it FAILED, and only a person can know whether another try helps"
    case .cancelled: return "it was cancelled"
    case .unlisted: return "no file and no window names it any more"
    }
  }

  @Sendable private static func englishReason(_ mission: MissionRecord, _ rule: ChoiceRule) -> String {
    if rule == .due || mission.former.replaces && mission.checkpoint == .scrape {
      return "it is scraped anew, and the old rows and object stay until then"
    }
    switch mission.checkpoint {
    case .scrape:
      // A mission that ended forgets its job when it is put back.
      if mission.status.isFinished { return "it is scraped anew" }
      if let job = mission.jobID { return "job \(UntrustedText.clean(job, limit: 128)) is asked for first" }
      return mission.hasUnansweredStart ? "its last start was never answered" : "nothing is scraped yet"
    case .db: return "its bytes are in the spool"
    case .s3: return "its rows are loaded"
    }
  }
}
