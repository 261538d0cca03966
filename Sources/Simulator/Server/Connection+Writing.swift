import Glibc

extension Connection {
  /// Bytes sent to one client before the others get their turn.
  private static let turn = 1024 * 1024
  /// How often a dripping body goes on.
  private static let dripsPerSecond = 20
  /// How long a client may take to notice that the connection was ended.
  private static let farewell = Duration.seconds(2)

  func answer(_ reply: Reply) {
    state = .answering
    guard reply.delivery.delay == .zero else {
      loop.after(reply.delivery.delay) { [weak self] in self?.answerNow(reply) }
      return
    }
    answerNow(reply)
  }

  private func answerNow(_ reply: Reply) {
    guard case .answering = state else { return }
    if reply.delivery.isReset { return reset() }
    outgoing.write(reply.response, reply.delivery, date: loop.date.text())
    continueSending()
  }

  /// Asks for the body that a client holds back. The socket's buffer is empty then, so it fits.
  func sendContinue() {
    let line: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"
    _ = send(descriptor, line.utf8Start, line.utf8CodeUnitCount, Int32(MSG_NOSIGNAL))
  }

  /// Sends until everything is sent, the socket is full or it is another client's turn.
  func continueSending() {
    guard case .answering = state else { return }
    var budget = Self.turn
    while true {
      guard sendBytes(upTo: outgoing.bytes.count, &budget) else { return }
      if outgoing.left == 0 { return finishAnswer() }
      guard outgoing.refill() else { return reset() }
      if let rate = outgoing.bytesPerSecond { return drip(rate) }
      if budget <= 0 { return watch(interest.union(.writing)) }
    }
  }

  /// Sends what is ready, up to `end`; false when it has to go on later or the client is gone.
  private func sendBytes(upTo end: Int, _ budget: inout Int) -> Bool {
    while outgoing.sent < end {
      let count = outgoing.bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress! + outgoing.sent, end - outgoing.sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN { watch(interest.union(.writing)) } else { close() }
        return false
      }
      outgoing.sent += count
      budget -= count
    }
    return true
  }

  /// Sends a few bytes now and the others a little later.
  private func drip(_ bytesPerSecond: Int) {
    let step = max(1, bytesPerSecond / Self.dripsPerSecond)
    let pause = Duration.nanoseconds(Int64(step) * 1_000_000_000 / Int64(bytesPerSecond))
    var budget = Int.max
    if outgoing.sent == outgoing.bytes.count {
      if outgoing.left == 0 { return finishAnswer() }
      guard outgoing.refill() else { return reset() }
    }
    guard sendBytes(upTo: min(outgoing.bytes.count, outgoing.sent + step), &budget) else { return }
    loop.after(pause) { [weak self] in
      guard let self, case .answering = self.state else { return }
      self.drip(bytesPerSecond)
    }
  }

  private func finishAnswer() {
    if outgoing.stallsAfterwards {
      state = .draining
      return watch(.reading)
    }
    if outgoing.closesAfterwards { return endOrderly() }
    state = .head
    watch(.reading)
    process()
  }

  /// Ends our side and waits for the client to end its own: a close with unread bytes would be a reset, and
  /// a reset may destroy the answer on its way.
  private func endOrderly() {
    state = .draining
    shutdown(descriptor, Int32(SHUT_WR))
    watch(.reading)
    loop.after(Self.farewell) { [weak self] in self?.close() }
  }
}
