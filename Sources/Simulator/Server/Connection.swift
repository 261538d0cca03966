import Glibc

/// One client's connection: reads requests one after the other, hands them to the handler, sends answers.
///
/// Pipelined requests wait in `pending` until the answer before them is sent. Writing is in
/// `Connection+Writing.swift`.
final class Connection {
  enum State {
    case head
    case body(RequestHead, BodyDecoder, Sink)
    /// A request is being answered.
    case answering
    /// Nothing more is said; what comes is thrown away until the client closes.
    case draining
    case closed
  }

  /// Where a body goes.
  enum Sink {
    case memory(limit: Int)
    case receiver(any BodyReceiver)
    case nowhere(Reply)
  }

  /// Bytes of further requests that are taken in while one is being answered.
  private static let mostPending = 64 * 1024

  let descriptor: Int32
  let token: UInt64
  unowned let loop: EventLoop
  private let handler: any RequestHandler
  var state = State.head
  private var pending: [UInt8] = []
  private var collected: [UInt8] = []
  private var isProcessing = false
  private(set) var interest: Epoll.Interest = .reading
  var outgoing = OutgoingAnswer()

  init(descriptor: Int32, token: UInt64, loop: EventLoop, handler: any RequestHandler) {
    self.descriptor = descriptor
    self.token = token
    self.loop = loop
    self.handler = handler
  }

  func handle(_ event: Epoll.Event) {
    if event.isBroken { return close() }
    if event.isWritable { continueSending() }
    if event.isReadable, interest.contains(.reading) { receive() }
  }

  func watch(_ wanted: Epoll.Interest) {
    guard wanted != interest else { return }
    interest = wanted
    loop.watch(self, wanted)
  }

  func close() {
    if case .closed = state { return }
    if case .body(_, _, .receiver(let receiver)) = state { receiver.abandon() }
    state = .closed
    outgoing = OutgoingAnswer()
    _ = Glibc.close(descriptor)
    loop.forget(self)
  }

  /// Ends the connection as a crashed peer would.
  func reset() {
    Socket.resetOnClose(descriptor)
    close()
  }

  private func receive() {
    let count = recv(descriptor, loop.scratch.baseAddress, loop.scratch.count, 0)
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      return close()
    }
    if case .draining = state { return }
    pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: loop.scratch[..<count]))
    process()
    if case .answering = state, pending.count > Self.mostPending { watch(interest.subtracting(.reading)) }
  }

  /// Takes as many requests out of `pending` as can be answered now.
  func process() {
    guard !isProcessing else { return }
    isProcessing = true
    defer { isProcessing = false }
    var used = 0
    var goesOn = true
    while goesOn {
      switch state {
      case .head: goesOn = takeHead(&used)
      case .body(let head, let decoder, let sink): goesOn = takeBody(head, decoder, sink, &used)
      case .answering, .draining, .closed: goesOn = false
      }
    }
    if used == pending.count {
      pending.removeAll(keepingCapacity: true)
    } else {
      pending.removeFirst(used)
    }
  }

  /// False when more bytes are needed first.
  private func takeHead(_ used: inout Int) -> Bool {
    guard used < pending.count else { return false }
    let outcome = pending.withUnsafeBytes {
      RequestParser.parse(UnsafeRawBufferPointer(rebasing: $0[used...]))
    }
    switch outcome {
    case .incomplete: return false
    case .refused(let status, let reason):
      refuse(status, reason)
      return false
    case .complete(let head, let consumed):
      used += consumed
      start(head)
      return true
    }
  }

  private func start(_ head: RequestHead) {
    let plan = handler.begin(head)
    outgoing.begin(head)
    let sink: Sink
    switch plan {
    case .collect(let limit): sink = .memory(limit: limit)
    case .stream(let receiver): sink = .receiver(receiver)
    case .refuse(let reply):
      if reply.delivery.isReset || (head.expectsContinue && head.framing != .none) {
        // The client has not sent the body, or never will: nothing after this can be told apart.
        outgoing.closesAfterwards = true
        return answer(reply)
      }
      sink = .nowhere(reply)
    }
    if case .nowhere = sink {} else if head.expectsContinue, head.framing != .none { sendContinue() }
    collected.removeAll(keepingCapacity: true)
    state = .body(head, BodyDecoder(head.framing), sink)
  }

  private func takeBody(_ head: RequestHead, _ decoder: BodyDecoder, _ sink: Sink, _ used: inout Int) -> Bool
  {
    var decoder = decoder
    var isTooLong = false
    do throws(BodyDecoder.Problem) {
      used += try pending.withUnsafeBufferPointer { bytes throws(BodyDecoder.Problem) in
        try decoder.decode(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[used...]))) { piece in
          switch sink {
          case .memory(let limit):
            if collected.count + piece.count > limit {
              isTooLong = true
            } else {
              collected.append(contentsOf: piece)
            }
          case .receiver(let receiver): receiver.receive(piece)
          case .nowhere: break
          }
        }
      }
    } catch {
      refuse(400, "the chunked body is malformed")
      return false
    }
    if isTooLong {
      refuse(413, "the body is too long")
      return false
    }
    guard decoder.isFinished else {
      state = .body(head, decoder, sink)
      return false
    }
    finish(head, sink)
    return true
  }

  private func finish(_ head: RequestHead, _ sink: Sink) {
    state = .answering
    switch sink {
    case .memory: answer(handler.finish(head, .collected(collected)))
    case .receiver(let receiver): answer(handler.finish(head, .streamed(receiver)))
    case .nowhere(let reply): answer(reply)
    }
  }

  /// Answers something that is no request; where the next one would begin is unknown, so this is the end.
  private func refuse(_ status: Int, _ reason: String) {
    if case .body(_, _, .receiver(let receiver)) = state { receiver.abandon() }
    outgoing.begin(nil)
    answer(Reply(.json(status, "{\"error\":\"\(reason)\"}")))
  }
}
