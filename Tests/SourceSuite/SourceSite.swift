import MissionCore
import Ports

/// What a source's tests prepare for the conformance suite.
package protocol SourceSite: Sendable {
  /// Talks to a real server, or starts real programs.
  var source: any MissionSource { get }
  /// One of the same kind that reaches nobody; nil for a kind that always reaches what it starts.
  var unreachable: (any MissionSource)? { get }
  /// The spool that this run's results go to.
  var spool: any ResultSpool { get }
  /// Whether a start may be sent again at no risk, so that one without an answer need not be found.
  var repeatsSafely: Bool { get }
  /// What becomes of jobs that are started from now on.
  func prepare(_ fate: JobFate)
}

extension SourceSite {
  package var repeatsSafely: Bool { false }
}

/// What a job is to do.
package enum JobFate: Hashable, Sendable {
  /// It does not end by itself.
  case runs
  /// It brings `JobFate.records`.
  case completes
  /// It brings no record.
  case isEmpty
  /// With the word `broken` in what it says.
  case fails
  /// It runs, but the answer to its start is lost.
  case losesAnswer
  /// The start is lost on its way: no job.
  case losesStart

  /// Exactly these bytes are to be in the spool.
  package static let records = #"[{"id":"1"},{"id":"2"}]"#
  package static let result = ScrapedResult(
    adsCount: 2, size: 23, sha256: "6dcfd5038e71e99307e8de578546038ace72e6dd6778336cd7f722ac718a9314")
  /// Of `[]`.
  package static let emptyResult = ScrapedResult(
    adsCount: 0, size: 2, sha256: "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945")
}
