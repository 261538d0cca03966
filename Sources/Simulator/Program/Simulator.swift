import Crypto
import Glibc
import Synchronization
import Threads

/// A running simulator: the worker API and the S3 side, each on a port and a thread of its own.
///
/// `Server` speaks HTTP and knows nothing of what is served; `Worker` and `Store` are the two sides; `Ads`
/// makes the results, `Faults` spoils requests, `Records` counts and logs them. Faults and records are
/// shared by both sides; everything else belongs to one of the threads. Nothing is kept but the store's
/// files: a simulator that is started again knows no session and no job.
public final class Simulator: Sendable {
  public let workerPort: UInt16
  public let storePort: UInt16
  private let log: RequestLog?
  /// Written to end the loops.
  private let stopWriter: Int32
  private let stopReader: Int32
  private let threads = Mutex<[OwnedThread]>([])

  /// Listens on both ports and answers from then on.
  public init(_ options: SimulatorOptions) throws(SimulatorError) {
    do throws(CryptoError) { try SHA256.requireLibrary() } catch { throw .library("\(error)") }
    let script = FaultScript(try Self.rules(options.script))
    let statistics = Statistics()
    log = if let path = options.log { try RequestLog(path: path) } else { nil }
    let store = try StoreService(
      settings: options.storeSettings, script: script, statistics: statistics, log: log)
    let workers = WorkerService(
      settings: options.workerSettings, script: script, statistics: statistics, log: log)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .system(call: "pipe", code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (stopReader, stopWriter) = (ends[0], ends[1])
    let workerSocket = try Socket.listen(port: options.port)
    let storeSocket = try Socket.listen(port: options.storePort)
    workerPort = workerSocket.port
    storePort = storeSocket.port
    let workerLoop = try EventLoop(listener: workerSocket.descriptor, stop: stopReader, handler: workers)
    let storeLoop = try EventLoop(listener: storeSocket.descriptor, stop: stopReader, handler: store)
    if let log { workerLoop.repeatEvery(RequestLog.interval) { log.flush() } }
    do throws(ThreadFailure) {
      let first = try OwnedThread.start(owning: workerLoop) { loop in loop.run() }
      threads.withLock { $0 = [first] }
      let second = try OwnedThread.start(owning: storeLoop) { loop in loop.run() }
      threads.withLock { $0.append(second) }
    } catch { throw .system(call: "pthread_create", code: error.code) }
  }

  /// Closes every connection and port; returns when both threads have ended. May be called once only.
  public func stop() {
    _ = write(stopWriter, "s", 1)
    for thread in threads.withLock({ $0 }) { thread.join() }
    log?.flush()
    close(stopWriter)
    close(stopReader)
  }

  /// Writes what waits for the log file.
  func flushLog() { log?.flush() }

  private static func rules(_ path: String?) throws(SimulatorError) -> [FaultRule] {
    guard let path else { return [] }
    guard let bytes = ObjectFiles.read(path) else { throw .file(path: path, operation: "read", code: errno) }
    do throws(ScriptProblem) { return try FaultScript.parse(bytes) } catch {
      throw .script(path: path, reason: error.description)
    }
  }
}
