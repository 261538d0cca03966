import Glibc

/// A running simulator.
final class SimulatedServices {
  let workerPort: Int
  let storePort: Int
  private let child: Child

  init(program: String, options: [String], folder: String, store: String) throws(BenchmarkFailure) {
    let ports = "\(folder)/ports.json"
    let words =
      ["--port", "0", "--s3-port", "0", "--ports-file", ports, "--store", store, "--exit-with-parent"]
      + ["--session-time", "0s"] + options
    child = try Child(program, words, record: "\(folder)/simulator")
    while access(ports, R_OK) != 0 {
      try child.requireRunning()
      Clock.pause(milliseconds: 2)
    }
    let text = try TextFile.read(ports)
    workerPort = try Self.number("worker_port", text)
    storePort = try Self.number("s3_port", text)
  }

  deinit { child.endNow() }

  var workers: String { "http://127.0.0.1:\(workerPort)" }
  func worker(_ number: Int) -> String { "\(workers)/worker-\(number)" }

  /// How many requests of this kind, such as `POST /scrape`, it has answered.
  func requests(_ kind: String) throws(BenchmarkFailure) -> Int {
    let loop = try BareLoop()
    let transfer = try BareTransfer(fields: [])
    transfer.get("\(workers)/control/stats")
    loop.add(transfer)
    while loop.turn(waitingMilliseconds: 100).isEmpty {}
    return try Self.number(kind, String(decoding: transfer.body, as: UTF8.self))
  }

  /// The number after `"name":`.
  private static func number(_ name: String, _ text: String) throws(BenchmarkFailure) -> Int {
    // strstr finds it without Foundation.
    let value: Int? = text.withCString { start in
      guard let found = strstr(start, "\"\(name)\":") else { return nil }
      return atol(found + name.utf8.count + 3)
    }
    guard let value else { throw BenchmarkFailure("no \(name) in \(text.prefix(300))") }
    return value
  }
}
