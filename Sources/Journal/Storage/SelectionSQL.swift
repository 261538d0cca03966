import MissionCore

/// A `SelectionRule` as conditions on rows that have the columns of `missions`. The one text of the rule: choosing
/// and planning differ only in how they know what is listed.
struct SelectionSQL {
  private let rule: SelectionRule
  /// True for missions that a file names.
  private let listed: String
  /// True for unfinished missions that are wanted although no file names them.
  private let kept: String
  /// True for DONE missions that are listed and due again.
  private let due: String

  init(_ rule: SelectionRule, listed: String, kept: String, due: String) {
    self.rule = rule
    self.listed = listed
    self.kept = kept
    self.due = "(\(is: .done) AND \(due))"
  }

  /// Under way since an earlier run, or put back by a person.
  static let kept = """
    (put_back = 1 OR checkpoint > \(checkpoint: .scrape) OR job_id IS NOT NULL OR unanswered_start = 1 \
    OR first_look IS NOT NULL)
    """

  private static let unfinished = "\(is: .pending, .queued, .running)"
  private static let ofSurroundings =
    "coalesce(error_code, 0) IN ("
    + ErrorCode.allCases.filter(\.isOfSurroundings).map { "\($0.stored)" }.joined(separator: ", ") + ")"

  /// FAILED ones that a run may take up again, if its options say so.
  private static let failed = "(\(is: .failed) AND NOT \(needsPerson))"
  private static let needsPerson =
    "coalesce(error_code, 0) IN ("
    + ErrorCode.allCases.filter(\.needsPerson).map { "\($0.stored)" }.joined(separator: ", ") + ")"

  /// What is chosen, filter and limit apart. RUNNING ones are what the next run would find interrupted.
  var chosen: String {
    if rule.namesMissions { return "(\(Self.unfinished) OR \(Self.failed) OR \(due))" }
    let open = rule.includesUnlisted ? Self.unfinished : "(\(Self.unfinished) AND (\(listed) OR \(kept)))"
    let again = rule.retriesFailed ? "1" : Self.ofSurroundings
    return "(\(open) OR (\(Self.failed) AND \(universe) AND \(again)) OR \(due))"
  }

  var failedEarlier: String { rule.namesMissions ? "0" : "(\(is: .failed) AND \(listed) AND NOT \(chosen))" }

  var unlisted: String { "(\(Self.unfinished) AND (\(chosen)) = 0)" }

  /// FAILED ones that only `retriesFailed` chooses; those that are chosen because of it are among them.
  var retryable: String {
    rule.namesMissions ? "0" : "(\(Self.failed) AND \(universe) AND NOT \(Self.ofSurroundings))"
  }

  var unlistedAgain: String { "(\(unlistedFailed) AND \(Self.ofSurroundings))" }

  var unlistedRetryable: String { "(\(unlistedFailed) AND (\(Self.ofSurroundings)) = 0)" }

  private var unlistedFailed: String {
    rule.namesMissions || rule.includesUnlisted ? "0" : "\(Self.failed) AND NOT \(listed)"
  }

  /// What FAILED missions are chosen among.
  private var universe: String { rule.includesUnlisted ? "1" : listed }
}
