import Testing

@testable import MissionCore

/// Drives one mission through the machine: events in, words for the actions out.
struct MissionDriver {
  let machine: MissionMachine
  var state: MissionState
  var context = MissionMachine.Context(now: .zero)
  var random = SeededRandom(seed: 1)
  /// The wait that the last event asked for.
  private(set) var wait: Duration?
  private(set) var actions: [MissionAction] = []

  init(
    _ record: MissionRecord = Sample.record(), policy: RunPolicy = RunPolicy(),
    source: SourcePolicy = SourcePolicy()
  ) {
    machine = MissionMachine(policy: policy, source: source)
    state = MissionState(record)
  }

  /// What the machine answers to the last of these events.
  @discardableResult
  mutating func send(_ events: MissionEvent...) -> [String] {
    for event in events {
      actions = machine.handle(event, &state, context, random: &random)
      wait = nil
      for case .setTimer(let duration) in actions { wait = duration }
    }
    return actions.map(\.words)
  }

  mutating func pass(_ time: Duration) { context.now += time }

  /// Lets the wait that was asked for go by.
  @discardableResult
  mutating func waitForTimer() -> [String] {
    pass(wait ?? .zero)
    return send(.timerFired)
  }

  func told(_ kind: EventKind) -> EventDetails? {
    for action in actions {
      switch action {
      case .write(_, let events), .note(_, let events), .commit(_, let events):
        if let event = events.first(where: { $0.kind == kind }) { return event.details }
      default: continue
      }
    }
    return nil
  }

  /// Whether the load that was asked for takes the place of another scrape's rows; nil when none was.
  var loadReplaces: Bool? { replacedRows?.ofOthers }

  /// Which rows the load that was asked for takes the place of; nil when none was.
  var replacedRows: ReplacedRows? {
    for case .load(_, let replacing) in actions { return replacing }
    return nil
  }

  func text(_ key: String, of kind: EventKind) -> String? {
    told(kind)?.first { $0.key == key }?.value.text
  }
}

/// The stages a mission passes, in their order; each is reached from the one before by one event.
enum Reach: String, CaseIterable {
  case queued, awaitingLane, announcing, starting, recordingJob, looking, awaitingLook
  case loading, uploading, recordingUpload
  // Aside from the straight way.
  case awaitingStart, findingStart, awaitingCheck, cancellingJob, awaitingLoad, awaitingUpload
  case verifyingSpool, leavingForRetry
  case verifyingLedger, awaitingLedger, ledgerAfterUpload, recordingReload, recordingReplacement

  static let scrapes: [Reach] = [
    .awaitingLane, .announcing, .starting, .recordingJob, .looking, .awaitingLook, .awaitingStart,
    .findingStart, .awaitingCheck, .cancellingJob,
  ]
}

extension MissionDriver {
  /// A mission that stands at `place`, without any failure that counts.
  static func at(
    _ place: Reach, retryCount: Int = 0, crashes: Int = 0, policy: RunPolicy = RunPolicy(),
    source: SourcePolicy = SourcePolicy()
  ) -> MissionDriver {
    let atS3: [Reach: [MissionEvent]] = [
      .verifyingLedger: [], .awaitingLedger: [.ledgerRead(.failure(.of(.destinationOther, again: true)))],
      .recordingReload: [.ledgerRead(.success(nil))],
    ]
    let checkpoint: Checkpoint = place == .verifyingSpool ? .db : atS3[place] != nil ? .s3 : .scrape
    var driver = MissionDriver(
      Sample.record(checkpoint, retryCount: retryCount, crashes: crashes), policy: policy, source: source)
    if checkpoint > .scrape {
      driver.send(.slotGiven(lane: nil))
      if let events = atS3[place] {
        driver.send(.spoolVerified(.intact))
        for event in events { driver.send(event) }
      }
      return driver
    }
    driver.walk(to: place)
    return driver
  }

  private mutating func walk(to place: Reach) {
    let way: [(Reach, MissionEvent)] = [
      (.awaitingLane, .slotGiven(lane: "worker-1")), (.announcing, .laneReady(Sample.grant)),
      (.starting, .journaled), (.recordingJob, .jobStarted(jobID: "job-1")), (.looking, .journaled),
      (.loading, .jobLooked(.success(.completed(Sample.result)))), (.uploading, .loaded(Sample.rows)),
      (.ledgerAfterUpload, .uploaded(Sample.object)), (.recordingUpload, .ledgerRead(.success("aa"))),
    ]
    let asides: [Reach: (from: Reach, events: [MissionEvent])] = [
      .awaitingStart: (.starting, [.startFailed(.of(.busy))]),
      .findingStart: (.starting, [.startFailed(.of(.again))]),
      .awaitingCheck: (.starting, [.startFailed(.of(.again)), .startFound(.failure(.of(.again)))]),
      .awaitingLook: (.looking, [.jobLooked(.success(.waiting(status: "running", isKnown: true)))]),
      .cancellingJob: (.looking, [.jobLooked(.success(.paused))]),
      .awaitingLoad: (.loading, [.loadFailed(.of(.destinationOther, again: true))]),
      .recordingReplacement: (
        .loading, [.loadRefused(LoadRefusal(ledger: "theirs", object: .success(nil)))]
      ),
      .awaitingUpload: (.uploading, [.uploadFailed(.of(.storeOther, again: true))]),
      .leavingForRetry: (.looking, [.jobLooked(.success(.failed(message: "no")))]),
    ]
    let aside = asides[place]
    let target = aside?.from ?? place
    if target == .queued { return }
    for (reached, event) in way {
      send(event)
      if reached == target { break }
    }
    for event in aside?.events ?? [] { send(event) }
  }
}
