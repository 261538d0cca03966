/// What a mission learnt about the lane that it used.
public enum LaneVerdict: Hashable, Sendable {
  case good
  /// The mission did not use it.
  case unused
  /// The run stops and the mission's job runs on, to be adopted: what it runs in must not be ended.
  case left
  /// The scrape failed; the failure says whether a job that nobody knows may run there.
  case failed(Failure)
  /// The job and perhaps what it ran in are gone, because the source was started anew.
  case lost
  /// The mission is given up while a job that nobody knows may run there.
  case abandoned
}
