import CCurl
import CCurlShim
import Glibc
import Threads

/// The curl thread: one multi handle whose sockets are watched with epoll, so that a transfer that waits
/// costs nothing, however many there are (`curl_multi_poll` looks at each of them every time).
///
/// It can be lent to another thread (`CurlLoan`); every word of "the curl thread" is of that one then.
final class CurlLoop {
  private static let eventCapacity = 128

  private let queue: CurlCommandQueue
  private let maxConnections: Int
  private let multi: UnsafeMutableRawPointer
  private let poll: Int32
  private let watching: CurlPoll
  /// Nil once it was told.
  private var onExhaustion: (@Sendable (HTTPError) -> Void)?
  /// Transfers whose descriptor the kernel does not watch: nothing of them would ever arrive.
  private var unwatched: [(handle: CurlHandle, failure: HTTPFailure)] = []
  /// When libcurl wants to be called without an event; nil: not at all.
  private var timer: Moment?
  private var idle = IdleHandles()
  let sockets = WatchedSockets()
  /// Exchanges on the multi handle, by the handle that serves them.
  private var active: [ObjectIdentifier: CurlExchange] = [:]
  private var waiting = WaitingExchanges()
  private var stallWatch = StallWatch()
  /// Servers that give no `100 Continue`.
  private var expectations = RefusedExpectations()
  private var commands: [CurlCommandQueue.Command] = []
  private var isStopping = false
  /// Threads that want to drive the transfers, in the order they came.
  private var loans: [CurlLoan] = []
  private let events = UnsafeMutablePointer<mc_event>.allocate(capacity: eventCapacity)

  /// Nil when the process has no file descriptor, watch or memory left.
  init?(
    queue: CurlCommandQueue, maxConnections: Int, poll watching: CurlPoll,
    onExhaustion: (@Sendable (HTTPError) -> Void)?
  ) {
    let poll = mc_poll_create()
    guard poll >= 0 else { return nil }
    guard watching.failure(poll, queue.wakeup, CURL_POLL_IN | MC_POLL_EDGE) == nil,
      let multi = curl_multi_init()
    else {
      close(poll)
      return nil
    }
    self.queue = queue
    self.maxConnections = maxConnections
    self.multi = multi
    self.poll = poll
    self.watching = watching
    self.onExhaustion = onExhaustion
    setCallbacks()
  }

  deinit {
    idle.removeAll()
    curl_multi_cleanup(multi)
    close(poll)
    events.deallocate()
  }

  /// Runs until told to stop; then every exchange has had its reply.
  func run() {
    while true {
      advance()
      while !loans.isEmpty { loans.removeFirst().lend(self) }
      // Said before or while it was lent.
      if isStopping { break }
      look(until: nil)
    }
    endAll()
  }

  /// Carries out what others want, and gives the replies that are due.
  func advance() {
    carryOutCommands()
    fireTimer()
    WakeGroup.together { collectFinished() }
    endUnwatched()
    startWaiting()
  }

  /// Waits until something happens to a connection, somebody wants something or a time has come, and has libcurl read and
  /// write what it can.
  ///
  /// - Parameters:
  ///   - deadline: of the thread itself.
  ///   - isWanted: the thread has something else to do: it only looks.
  func look(until deadline: Moment?, unless isWanted: () -> Bool = { false }) {
    // Asked for twice: what comes after the second time finds a thread that sleeps, and wakes it.
    let maySleep = !isWanted() && queue.mayFallAsleep() && !isWanted()
    let limit = maySleep ? sleepNanoseconds(until: deadline) : 0
    let count = mc_poll_wait(poll, events, Int32(Self.eventCapacity), limit)
    queue.noteAwake()
    for index in 0..<Int(max(count, 0)) { handle(events[index]) }
    // After what came: the thread may have been elsewhere for long.
    if stallWatch.isDue { endStalled() }
  }

  private func handle(_ event: mc_event) {
    if event.descriptor == queue.wakeup { return }
    if sockets.isIdle(event.descriptor) { return leave(event.descriptor) }
    var running: Int32 = 0
    curl_multi_socket_action(multi, event.descriptor, event.readiness, &running)
  }

  private func fireTimer() {
    guard let due = timer, due <= .now else { return }
    timer = nil
    var running: Int32 = 0
    curl_multi_socket_action(multi, CURL_SOCKET_BAD, 0, &running)
  }

  private func sleepNanoseconds(until deadline: Moment?) -> Int64 {
    guard let wake = [deadline, timer, stallWatch.next].compactMap({ $0 }).min() else { return -1 }
    return max(0, wake.nanoseconds - Moment.now.nanoseconds)
  }
}

extension CurlLoop {
  private func carryOutCommands() {
    queue.drain(into: &commands)
    for command in commands {
      switch command {
      case .start(let exchange): waiting.append(exchange)
      case .cancel(let exchange):
        end(exchange) { HTTPError(.cancelled, "cancelled", mayHaveReachedServer: $0) }
      case .lend(let loan): loans.append(loan)
      case .stop: isStopping = true
      }
    }
    commands.removeAll(keepingCapacity: true)
  }

  /// As many as there are connections for.
  private func startWaiting() {
    while !waiting.isEmpty, active.count < maxConnections {
      for exchange in waiting.take(maxConnections - active.count) { start(exchange) }
    }
  }

  private func start(_ exchange: CurlExchange) {
    let use = IdleHandles.Use(exchange.request)
    guard let handle = idle.take(use) ?? CurlHandle(for: use, loop: me) else {
      let error = HTTPError(.exhausted(ENOMEM), "no memory for a transfer", mayHaveReachedServer: false)
      tellExhaustion(error)
      return exchange.fail(error)
    }
    let mayExpect = !expectations.contains(exchange.request.url)
    if let failure = handle.prepare(exchange, mayExpect: mayExpect) {
      recycle(handle)
      return exchange.fail(HTTPError(failure.kind, failure.message, mayHaveReachedServer: false))
    }
    let result = curl_multi_add_handle(multi, handle.easy)
    guard result == CURLM_OK else {
      return exchange.fail(HTTPError(.other, "curl_multi \(result.rawValue)", mayHaveReachedServer: false))
    }
    exchange.handle = handle
    active[ObjectIdentifier(handle)] = exchange
    if let stalled = exchange.request.deadlines.stalled {
      exchange.lastProgress = .now
      stallWatch.note(limit: stalled)
    }
  }

  private func collectFinished() {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
      let code = mc_message_result(message)
      var context: UnsafeMutableRawPointer?
      _ = mc_easy_get_pointer(easy, CURLINFO_PRIVATE, &context)
      finish(CurlHandle.from(context), code)
    }
  }

  private func finish(_ handle: CurlHandle, _ code: CURLcode) {
    guard let exchange = handle.exchange else { return }
    if mustSendAgain(exchange, handle, code) {
      remove(handle, isReusable: false)
      exchange.reset()
      return start(exchange)
    }
    guard code == CURLE_OK else {
      let error = handle.error(code)
      tellExhaustion(error)
      // Some versions of libcurl remember a failed rewind for the next transfer (curl issue 18206).
      remove(handle, isReusable: code != CURLE_SEND_FAIL_REWIND)
      return exchange.fail(error)
    }
    let status = handle.long(CURLINFO_RESPONSE_CODE)
    let address = handle.string(CURLINFO_PRIMARY_IP)
    // libcurl would ask no other server either with a handle that was refused once.
    remove(handle, isReusable: !exchange.isExpectationRefused)
    exchange.succeed(status: status, primaryIP: address)
  }

  /// Whether the server refused only the wait for `100 Continue`: then it has not looked at the request, and gets it
  /// without. libcurl does that by itself as long as the connection lasts.
  private func mustSendAgain(_ exchange: CurlExchange, _ handle: CurlHandle, _ code: CURLcode) -> Bool {
    guard handle.expects else { return false }
    if exchange.isExpectationRefused {
      expectations.note(exchange.request.url)
      return code != CURLE_OK || handle.long(CURLINFO_RESPONSE_CODE) == 417
    }
    // It may have closed because of the wait: whoever tries again finds out without.
    if code != CURLE_OK, exchange.sentBody == 0, handle.long(CURLINFO_RESPONSE_CODE) == 0 {
      expectations.note(exchange.request.url)
    }
    return false
  }

  /// Ends an exchange that is still running; `error` is told whether bytes of the request went out.
  private func end(_ exchange: CurlExchange, _ error: (_ isSent: Bool) -> HTTPError) {
    guard let handle = exchange.handle else {
      if waiting.remove(exchange) { exchange.fail(error(false)) }
      return
    }
    let isSent = handle.long(CURLINFO_REQUEST_SIZE) > 0
    remove(handle, isReusable: true)
    exchange.fail(error(isSent))
  }

  private func remove(_ handle: CurlHandle, isReusable: Bool) {
    curl_multi_remove_handle(multi, handle.easy)
    active.removeValue(forKey: ObjectIdentifier(handle))?.handle = nil
    if isReusable { recycle(handle) } else { handle.release() }
  }

  private func recycle(_ handle: CurlHandle) {
    handle.release()
    idle.keep(handle)
  }

  private func endUnwatched() {
    for (handle, failure) in unwatched {
      guard let exchange = handle.exchange, active[ObjectIdentifier(handle)] === exchange else { continue }
      end(exchange) { isSent in
        let error = HTTPError(failure.kind, failure.message, mayHaveReachedServer: isSent)
        tellExhaustion(error)
        return error
      }
    }
    unwatched.removeAll()
  }

  private func tellExhaustion(_ error: HTTPError) {
    guard case .exhausted = error.kind, let onExhaustion else { return }
    self.onExhaustion = nil
    onExhaustion(error)
  }

  private func endStalled() {
    let now = Moment.now
    stallWatch.begin(at: now)
    for exchange in Array(active.values) {
      guard let limit = exchange.request.deadlines.stalled, let last = exchange.lastProgress else { continue }
      if now - last < limit {
        stallWatch.note(limit: limit)
      } else {
        end(exchange) { HTTPError(.stalled, "no byte for \(limit)", mayHaveReachedServer: $0) }
      }
    }
  }

  private func endAll() {
    let left = queue.close()
    for exchange in Array(active.values) {
      end(exchange) { HTTPError(.cancelled, "the client was closed", mayHaveReachedServer: $0) }
    }
    let unsent = HTTPError(.cancelled, "the client was closed", mayHaveReachedServer: false)
    for exchange in waiting.take(.max) { exchange.fail(unsent) }
    for command in left {
      switch command {
      case .start(let exchange): exchange.fail(unsent)
      case .lend(let loan): loan.refuse()
      case .cancel, .stop: break
      }
    }
  }
}

extension CurlLoop {
  private func setCallbacks() {
    let me = me
    _ = mc_multi_set_long(multi, CURLMOPT_MAXCONNECTS, maxConnections)
    // What is sent once more after it was refused may be one transfer too many.
    _ = mc_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, maxConnections)
    _ = mc_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, me)
    _ = mc_multi_set_socket_callback(multi) { easy, socket, what, context, _ in
      let loop = CurlLoop.from(context)
      if what != CURL_POLL_REMOVE {
        loop.watch(socket, what, easy)
      } else if loop.sockets.forget(socket) {
        loop.leave(socket)
      }
      // Anything else would end every transfer.
      return 0
    }
    _ = mc_multi_set_pointer(multi, CURLMOPT_TIMERDATA, me)
    _ = mc_multi_set_timer_callback(multi) { _, milliseconds, context in
      CurlLoop.from(context).timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
      return 0
    }
  }

  private func watch(_ socket: curl_socket_t, _ what: Int32, _ easy: UnsafeMutableRawPointer?) {
    guard sockets.want(what, of: socket) else { return }
    guard let failure = watching.failure(poll, socket, what) else { return sockets.note(what, of: socket) }
    guard let easy else { return }
    var context: UnsafeMutableRawPointer?
    _ = mc_easy_get_pointer(easy, CURLINFO_PRIVATE, &context)
    // Handles that libcurl makes for itself carry nothing of ours.
    if let context { unwatched.append((CurlHandle.from(context), failure)) }
  }

  private func leave(_ socket: curl_socket_t) {
    _ = mc_poll_forget(poll, socket)
    sockets.note(0, of: socket)
  }

  /// Unretained: the handles and the multi handle end in deinit, so no callback comes later.
  private var me: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static func from(_ context: UnsafeMutableRawPointer?) -> CurlLoop {
    Unmanaged<CurlLoop>.fromOpaque(context!).takeUnretainedValue()
  }
}
