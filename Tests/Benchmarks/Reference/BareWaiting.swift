import Glibc

/// Starts jobs and looks at each of them again and again at a fixed interval, until it is ended from outside.
final class BareWaiting {
  /// A job and when it is to be looked at.
  private struct Job {
    let worker: BareWorker
    let url: String
    var due: Double
    /// While it is looked at; the loop itself keeps nothing.
    var transfer: BareTransfer?
  }

  private let interval: Double
  private let loop: BareLoop
  private var jobs: [Job] = []
  /// Numbers of jobs; the interval is always the same, so that the first is always the next.
  private var queue: ArraySlice<Int> = []
  /// Transfers that are not under way, to be used again.
  private var idle: [BareTransfer] = []

  init(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    interval = Double(try arguments.number("interval"))
    loop = try BareLoop(connections: 256)
    let services = try arguments.text("workers")
    let workers = try arguments.number("worker-count")
    for number in 1...workers { try BareWorker(services, number: number).openSession(loop) }
    let count = try arguments.number("jobs")
    for number in 0..<count {
      try start(number, BareWorker(services, number: number % workers + 1))
    }
  }

  private func start(_ number: Int, _ worker: BareWorker) throws(BenchmarkFailure) {
    let post = try BareTransfer(fields: worker.fields)
    post.send(BareWorker.scrape(BenchmarkMission.parameters(number)), to: "\(worker.url)/scrape")
    loop.finish(post)
    let id = try BareWorker.jobID(post.body)
    jobs.append(Job(worker: worker, url: "\(worker.url)/scrape/\(id)", due: Clock.seconds()))
    queue.append(number)
  }

  func run() throws(BenchmarkFailure) -> Never {
    while true {
      let now = Clock.seconds()
      while let first = queue.first, jobs[first].due <= now { try look(queue.removeFirst()) }
      let wait = queue.first.map { max(0, jobs[$0].due - now) } ?? 1
      for transfer in loop.turn(waitingMilliseconds: Int32(min(wait, 1) * 1000) + 1) {
        jobs[transfer.owner].transfer = nil
        jobs[transfer.owner].due = Clock.seconds() + interval
        queue.append(transfer.owner)
        idle.append(transfer)
      }
    }
  }

  private func look(_ number: Int) throws(BenchmarkFailure) {
    let transfer = if let free = idle.popLast() { free } else { try BareTransfer(fields: []) }
    transfer.owner = number
    jobs[number].transfer = transfer
    transfer.setFields(jobs[number].worker.fields)
    transfer.get(jobs[number].url)
    loop.add(transfer)
  }
}
