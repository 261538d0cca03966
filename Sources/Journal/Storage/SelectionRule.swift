import MissionCore

/// Which missions a run chooses (SPEC 2, 4): among those that its files name now, those that an earlier run left
/// under way, those that a person put back, and those that are named by id.
public struct SelectionRule: Hashable, Sendable {
  public var filter: MissionFilter
  public var order: MissionOrder
  /// The first so many in run order.
  public var limit: Int?
  /// FAILED ones as well, whatever failed; without it only those whose surroundings failed.
  public var retriesFailed: Bool
  /// As if files named every mission of the journal.
  public var includesUnlisted: Bool

  public init(
    filter: MissionFilter = MissionFilter(), order: MissionOrder = .oldest, limit: Int? = nil,
    retriesFailed: Bool = false, includesUnlisted: Bool = false
  ) {
    self.filter = filter
    self.order = order
    self.limit = limit
    self.retriesFailed = retriesFailed
    self.includesUnlisted = includesUnlisted
  }

  /// Whether it takes every unfinished mission that a file names.
  public var takesAllListed: Bool { limit == nil && filter == MissionFilter() }

  /// The same without what only concerns FAILED missions that need a person.
  var base: SelectionRule {
    var rule = self
    rule.retriesFailed = false
    return rule
  }

  /// Missions are named by id: whatever files name, and FAILED ones too.
  var namesMissions: Bool { !filter.ids.isEmpty }
}

/// What choosing found. `more`, `retryable` and the last two are what other options would choose as well, so that
/// a command can be offered with the number it selects.
public struct Selection: Hashable, Sendable {
  public var selected = 0
  /// Listed missions that stay FAILED.
  public var failedEarlier = 0
  /// Unfinished ones that are in none of the files, nor wanted otherwise.
  public var unlisted = 0
  /// What the limit leaves out, FAILED ones that need `retriesFailed` apart.
  public var more = 0
  /// FAILED ones that are not chosen and would be with `retriesFailed`.
  public var retryable = 0
  /// FAILED ones that `includesUnlisted` alone would choose, because their surroundings failed.
  public var unlistedAgain = 0
  /// FAILED ones that need both.
  public var unlistedRetryable = 0

  public init() {}
}

/// The FAILED missions of a run, by what would choose them again.
public struct FailuresToRepeat: Hashable, Sendable {
  /// The same options.
  public var again = 0
  /// `retriesFailed`.
  public var retryable = 0
  /// `includesUnlisted`.
  public var unlistedAgain = 0

  public init() {}
}
