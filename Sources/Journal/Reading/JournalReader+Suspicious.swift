import MissionCore
import SQLite

extension JournalReader {
  /// Missions whose results are not trusted: of the whole journal, or of those that a run chose last.
  public func suspicious(runID: String? = nil) throws(JournalError) -> Int {
    var filter = MissionFilter()
    filter.isSuspicious = true
    filter.runID = runID
    return try total(filter)
  }
}
