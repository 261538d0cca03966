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

  /// DONE missions of the journal when the work began, and all of it.
  private let journal: ProgressState.Share?

  init(total: Int, journal: ProgressState.Share? = nil, numbers: Humanized, answers: AnswerPhrases) {
    self.total = total
    self.journal = journal
    self.numbers = numbers
    self.answers = answers
  }

  /// - Parameter tellsWorkers: also what each of them does, which costs the more the more runs at once.
  mutating func state(
    of scheduler: Scheduler, now: Duration, isStopping: Bool, tellsWorkers: Bool
  ) -> ProgressState {
    let progress = scheduler.progress
    var state = ProgressState()
    state.total = total
    state.done = progress.done
    state.failed = progress.failed
    state.cancelled = progress.cancelled
    state.parked = progress.parked
    state.retries = progress.retries
    state.failures = progress.failures.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map {
        ProgressState.Failure(code: $0.key.rawValue, count: $0.value)
      }
    state.backfill = journal.map { ProgressState.Share(done: $0.done + progress.done, total: $0.total) }
    state.isStopping = isStopping
    state.ratePerSecond = rate(ended: state.ended, now: now)
    if let rate = state.ratePerSecond, rate > 0 {
      // What waits for a later run does not end in this one.
      state.secondsLeft = Double(max(0, total - state.ended - state.parked)) / rate
    }
    state.elapsedSeconds = (now / .seconds(1)).rounded(.down)
    if tellsWorkers {
      state.workers = activities(scheduler.activeMissions, now, limits: scheduler.laneLimits)
    }
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
    _ missions: [ActiveMission], _ now: Duration, limits: [String: LaneLimit] = [:]
  ) -> [ProgressState.Activity] {
    // What a worker does comes behind how much of it there may be.
    var byWorker = limits.mapValues { [answers.atOnce($0)] }
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
    let attempt = mission.attempt > 1 ? ", \(answers.attemptOf(mission.attempt, mission.mostAttempts))" : ""
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
    case .loading, .awaitingLoad, .recordingReload, .recordingReplacement, .loadingObject: return .loading
    case .verifyingLedger, .awaitingLedger, .uploading, .awaitingUpload, .recordingUpload: return .uploading
    }
  }
}
