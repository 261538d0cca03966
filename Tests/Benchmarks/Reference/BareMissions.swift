import Crypto
import MissionCore

/// Missions end to end on one thread: POST /scrape, GET the result, rows, PUT of the audit object. What one turn of
/// the loop finished is committed together, rows in one transaction and a journal row a step in another.
final class BareMissions {
  private enum Step: Int { case starting, fetching, storing }

  /// A mission under way.
  private final class Slot {
    let post: BareTransfer
    let get: BareTransfer
    let put: BareTransfer
    let worker: BareWorker
    var step = Step.starting
    var parameters = BenchmarkMission.parameters(0)
    var mission = ""
    var job = ""

    init(_ owner: Int, _ worker: BareWorker) throws(BenchmarkFailure) {
      self.worker = worker
      post = try BareTransfer(fields: worker.fields)
      get = try BareTransfer(fields: worker.fields)
      put = try BareTransfer(fields: [])
      for transfer in [post, get, put] { transfer.owner = owner }
    }
  }

  private let missions: Int
  private let workers: String
  private let store: String
  private let loop: BareLoop
  private let destination: BareDestination
  private let journal: BareDatabase
  private let writeStep: BareStatement
  private let layout = BareLayout()
  private var signer: BareSigner
  private var slots: [Slot] = []
  private var started = 0
  private var done = 0

  init(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    let folder = try arguments.text("folder") + "/state"
    let concurrency = try arguments.number("concurrency")
    missions = try arguments.number("missions")
    workers = try arguments.text("workers")
    store = try arguments.text("store")
    signer = BareSigner(host: String(store.dropFirst("http://".utf8.count)))
    loop = try BareLoop(connections: 4 * concurrency)
    try TextFile.makeFolder(folder)
    destination = try BareDestination(folder + "/ads.sqlite")
    journal = try .durable(
      folder + "/journal.sqlite",
      "CREATE TABLE steps (number INTEGER PRIMARY KEY, mission TEXT, step INTEGER, note TEXT, at INTEGER)")
    writeStep = try journal.prepare("INSERT INTO steps (mission, step, note, at) VALUES (?, ?, ?, ?)")
    let count = try arguments.number("worker-count")
    for number in 1...count { try BareWorker(workers, number: number).openSession(loop) }
    for index in 0..<min(concurrency, missions) {
      slots.append(try Slot(index, BareWorker(workers, number: index % count + 1)))
    }
  }

  func run() throws(BenchmarkFailure) {
    for slot in slots { start(slot) }
    while done < missions {
      let ended = loop.turn(waitingMilliseconds: 1000).map { slots[$0.owner] }
      guard !ended.isEmpty else { continue }
      try load(ended.filter { $0.step == .fetching })
      try note(ended)
      for slot in ended { try goOn(slot) }
    }
    let steps = try journal.integer("SELECT count(*) FROM steps")
    try expect(steps, 3 * missions, "journal rows of the reference")
  }

  private func start(_ slot: Slot) {
    slot.parameters = BenchmarkMission.parameters(started)
    slot.mission = BenchmarkMission.id(slot.parameters).description
    slot.step = .starting
    slot.job = ""
    started += 1
    slot.post.send(BareWorker.scrape(slot.parameters), to: "\(slot.worker.url)/scrape")
    loop.add(slot.post)
  }

  /// The rows of all results that have come, in one transaction.
  private func load(_ fetched: [Slot]) throws(BenchmarkFailure) {
    guard !fetched.isEmpty else { return }
    try destination.database.execute("BEGIN IMMEDIATE")
    for slot in fetched { try load(slot) }
    try destination.database.execute("COMMIT")
  }

  /// Writes the rows, and prepares the audit object while the result is at hand.
  private func load(_ slot: Slot) throws(BenchmarkFailure) {
    // The bytes of an array stay in place during the call; the closure's errors are kept for after it.
    let result = slot.get.body.withUnsafeBytes {
      bytes -> Result<(ads: Int, sha256: String), BenchmarkFailure> in
      Result { () throws(BenchmarkFailure) in
        let json = BareJSON(bytes: bytes)
        let data = try json.data()
        let inserted = try destination.insert(json, data, slot.mission, slot.parameters)
        layout.layOut(json, data)
        return inserted
      }
    }
    let (ads, digest) = try result.get()
    let path = "/mission-audit/scrapes/\(slot.parameters.dateStart)/\(slot.mission).json"
    let payload = SHA256.hexDigest(of: layout.bytes)
    slot.put.setFields(signer.fields(path: path, payload: payload, metadata: metadata(slot, ads, digest)))
    slot.put.send(layout.bytes, to: store + path, method: "PUT")
  }

  /// As the product describes its objects.
  private func metadata(_ slot: Slot, _ ads: Int, _ digest: String) -> KeyValuePairs<String, String> {
    let parameters = slot.parameters
    return [
      "ads-count": "\(ads)", "date-end": "\(parameters.dateEnd)", "date-start": "\(parameters.dateStart)",
      "languages": parameters.languageList, "media-type": parameters.mediaTypeText,
      "mission-id": slot.mission,
      "run-id": "run-20250101-000000-abcdef", "sha256": digest,
    ]
  }

  private func note(_ ended: [Slot]) throws(BenchmarkFailure) {
    try journal.execute("BEGIN IMMEDIATE")
    for slot in ended {
      if slot.step == .starting { slot.job = try BareWorker.jobID(slot.post.body) }
      writeStep.bind(slot.mission, at: 1)
      writeStep.bind(slot.step.rawValue, at: 2)
      writeStep.bind(slot.job, at: 3)
      writeStep.bind(Int(Clock.seconds() * 1000), at: 4)
      try writeStep.run()
    }
    try journal.execute("COMMIT")
  }

  private func goOn(_ slot: Slot) throws(BenchmarkFailure) {
    switch slot.step {
    case .starting:
      slot.step = .fetching
      slot.get.get("\(slot.worker.url)/scrape/\(slot.job)")
      loop.add(slot.get)
    case .fetching:
      slot.step = .storing
      loop.add(slot.put)
    case .storing:
      done += 1
      if started < missions { start(slot) }
    }
  }
}
