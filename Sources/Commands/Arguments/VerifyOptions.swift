import MissionCore

/// Options of `verify`.
struct VerifyOptions: Equatable, Sendable {
  /// Requests at once, when nothing else is said: enough to hide a store's latency.
  static let defaultAtOnce = 16

  var missions: [MissionReference] = []
  var selection = SelectionOptions()
  var shard: MissionFilter.Shard?
  /// Asks for sizes, ETags and counts only.
  var isQuick = false
  var repairs = false
  var isConfirmed = false
  var atOnce = VerifyOptions.defaultAtOnce

  /// Only when every mission is looked at is it known what belongs to none.
  var looksForExtras: Bool { missions.isEmpty && selection == SelectionOptions() }
}
