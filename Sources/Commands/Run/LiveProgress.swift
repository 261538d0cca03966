import Engine
import MissionCore
import Report

/// Turns what the scheduler holds into what the progress view shows.
struct LiveProgress {
  let total: Int
  private let numbers: Humanized
  private let answers: AnswerPhrases
  /// Recent (time, ended) pairs; the rate is taken over the last half minute, so that a slow start is forgotten.
  private var samples: [(at: Duration, ended: Int)] = []
  /// Since when each mission is in its slot; what has left one is forgotten.
  private var since: [MissionID: Duration] = [:]

  init(total: Int, numbers: Humanized, answers: AnswerPhrases) {
    self.total = total
    self.numbers = numbers
    self.answers = answers
  }

  mutating func state(of scheduler: Scheduler, now: Duration, isStopping: Bool) -> ProgressState {
    let progress = scheduler.progress
    var state = ProgressState()
    state.total = total
    state.done = progress.done
    state.failed = progress.failed
    state.cancelled = progress.cancelled
    state.isStopping = isStopping
    state.ratePerSecond = rate(ended: state.ended, now: now)
    if let rate = state.ratePerSecond, rate > 0 { state.secondsLeft = Double(total - state.ended) / rate }
    state.elapsedSeconds = (now / .seconds(1)).rounded(.down)
    state.workers = activities(scheduler.activeMissions, now)
    return state
  }

  private mutating func rate(ended: Int, now: Duration) -> Double? {
    samples.append((now, ended))
    while samples.count > 2, now - samples[0].at > .seconds(30) { samples.removeFirst() }
    guard let first = samples.first, ended > 0 else { return nil }
    let elapsed = (now - first.at) / .seconds(1)
    return elapsed > 0 && ended > first.ended ? Double(ended - first.ended) / elapsed : nil
  }

  /// What each worker does, with the time that it takes.
  mutating func activities(
    _ missions: [ActiveMission], _ now: Duration
  ) -> [ProgressState.Activity] {
    var byWorker: [String: [String]] = [:]
    var began: [MissionID: Duration] = [:]
    for mission in missions {
      let start = since[mission.id] ?? now
      began[mission.id] = start
      byWorker[mission.lane ?? "local", default: []].append(text(mission, taking: now - start))
    }
    since = began
    return byWorker.sorted { $0.key < $1.key }.map { ProgressState.Activity(worker: $0.key, texts: $0.value) }
  }

  /// `2025-03-01 video pt, scraping 42 s, attempt 2`.
  private func text(_ mission: ActiveMission, taking duration: Duration) -> String {
    let seconds = (duration / .seconds(1)).rounded(.down)
    let attempt = mission.attempt > 1 ? ", \(answers.attempt(mission.attempt))" : ""
    return "\(numbers.day(mission.parameters.dateStart)) \(mission.parameters.mediaTypeText) "
      + "\(mission.parameters.languageList), \(answers.stage(Self.word(for: mission.stage))) "
      + numbers.duration(seconds: seconds) + attempt
  }

  private static func word(for stage: MissionStage) -> StageWord {
    switch stage {
    case .queued, .awaitingPace, .leaving, .left: return .waiting
    case .awaitingLane: return .openingSession
    case .announcing, .announcingAgain, .starting, .awaitingStart, .findingStart, .recordingJob:
      return .starting
    case .awaitingLook, .looking: return .scraping
    case .cancellingJob: return .cancelling
    case .judging, .comparing, .recordingScrape, .verifyingSpool: return .spooling
    case .loading, .awaitingLoad, .recordingLoad, .recordingReload, .loadingObject: return .loading
    case .verifyingLedger, .awaitingLedger, .uploading, .awaitingUpload, .recordingUpload: return .uploading
    }
  }
}
