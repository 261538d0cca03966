import MissionCore

/// How a worker has named the jobs that it started in this run, and whether their names tell them apart.
///
/// A worker that numbers anew gives several ids. One that gives all its jobs the same id gets one job at a time as soon
/// as two of them met, so that each result is surely its mission's. Only when it has brought the same ads for every
/// mission that it was given (a static file, as tests and benchmarks serve it) does it not matter whose job is whose.
struct JobNaming {
  /// Results in a row, each of a mission of its own, after which a worker is taken to answer everything alike.
  static let resultsOfNamelessJobs = 16

  /// The first job's.
  let id: String
  /// Another job had another id.
  private var varies = false
  /// Two missions had the id at once.
  var hasRepeated = false
  /// The digest of the ads that every job brought so far; nil before the first.
  private var sha256: String?
  private var alike = 0
  /// Two jobs brought different ads.
  private var differs = false

  init(id: String) { self.id = id }

  var takesOneJob: Bool { hasRepeated && !varies && !isNameless }

  var isNameless: Bool { hasRepeated && !varies && !differs && alike >= Self.resultsOfNamelessJobs }

  mutating func note(_ id: String) { varies = varies || id != self.id }

  /// Only what came while the worker had one job at a time says something; nothing found is no likeness.
  mutating func note(_ result: ScrapedResult) {
    guard takesOneJob || isNameless else { return }
    differs = differs || result.adsCount == 0 || sha256.map { $0 != result.sha256 } ?? false
    sha256 = result.sha256
    alike += 1
  }
}
