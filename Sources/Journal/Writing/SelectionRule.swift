import MissionCore

/// Which missions a run chooses (SPEC 2, 4): among those that its files name now, those that an earlier run left
/// under way, those that a person put back, and those that are named by id.
package struct SelectionRule: Hashable, Sendable {
  package var filter: MissionFilter
  package var order: MissionOrder
  /// The first so many in run order.
  package var limit: Int?
  /// FAILED ones as well, whatever failed; without it only those whose surroundings failed.
  package var retriesFailed: Bool
  /// As if files named every mission of the journal.
  package var includesUnlisted: Bool

  package init(
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
  package var takesAllListed: Bool { limit == nil && filter == MissionFilter() }

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
package struct Selection: Hashable, Sendable {
  package var selected = 0
  /// Listed missions that stay FAILED.
  package var failedEarlier = 0
  /// Unfinished ones that are in none of the files, nor wanted otherwise.
  package var unlisted = 0
  /// What the limit leaves out, FAILED ones that need `retriesFailed` apart.
  package var more = 0
  /// FAILED ones that are not chosen and would be with `retriesFailed`.
  package var retryable = 0
  /// FAILED ones that `includesUnlisted` alone would choose, because their surroundings failed.
  package var unlistedAgain = 0
  /// FAILED ones that need both.
  package var unlistedRetryable = 0

  package init() {}
}

/// The FAILED missions of a run, by what would choose them again.
package struct FailuresToRepeat: Hashable, Sendable {
  /// The same options.
  package var again = 0
  /// `retriesFailed`.
  package var retryable = 0
  /// `includesUnlisted`.
  package var unlistedAgain = 0

  package init() {}
}
