/// The answer that a connection is sending, and how far it is.
struct OutgoingAnswer {
  var bytes: [UInt8] = []
  var sent = 0
  /// What the rest of the body comes from.
  var source: (any BodySource)?
  /// Bytes still to be taken from `source`.
  var left = 0
  var bytesPerSecond: Int?
  var isHeadRequest = false
  var closesAfterwards = false
  /// Silence instead of an end.
  var stallsAfterwards = false

  var isSent: Bool { sent == bytes.count && left == 0 }

  /// Prepares for the answer to `head`; nil when no request could be read.
  mutating func begin(_ head: RequestHead?) {
    bytes.removeAll(keepingCapacity: true)
    sent = 0
    source = nil
    left = 0
    bytesPerSecond = nil
    isHeadRequest = head?.method == "HEAD"
    closesAfterwards = head.map { !$0.keepsAlive } ?? true
    stallsAfterwards = false
  }

  /// Writes the status line, the fields and, when it is small, the body.
  mutating func write(_ response: Response, _ delivery: Delivery, date: String) {
    let whole = response.body.count
    let isCut = delivery.cut != nil
    let carried = isCut ? whole / 2 : whole
    let announced = delivery.cut == .shorten ? carried : whole
    closesAfterwards = closesAfterwards || delivery.cut == .close || delivery.lengthError != 0
    stallsAfterwards = delivery.cut == .stall
    bytesPerSecond = delivery.bytesPerSecond
    if let filler = delivery.filler { return write(response, filler, date: date) }
    writeHead(response, length: max(0, announced + delivery.lengthError), date: date)
    guard !isHeadRequest, !HTTPStatus.isBodiless(response.status) else { return }
    switch response.body {
    case .bytes(let body) where bytesPerSecond == nil: bytes.append(contentsOf: body[..<carried])
    case .bytes(let body):
      source = HeldBody(body)
      left = carried
    case .source(let made):
      source = made
      left = carried
    }
  }

  /// An answer that is far longer than it should be, perhaps without an end.
  private mutating func write(_ response: Response, _ filler: Delivery.Filler, date: String) {
    closesAfterwards = closesAfterwards || filler.count == nil
    var body: [UInt8] = []
    if case .bytes(let bytes) = response.body, !filler.isInHead { body = bytes }
    let filled = FilledBody(body, filler)
    writeHead(response, length: filler.count == nil ? nil : filled.count, date: date)
    if filler.isInHead { bytes.removeLast(2) }
    source = filled
    left = filled.count
  }

  /// Replaces the sent bytes by the next piece of the body; false when the source failed.
  mutating func refill() -> Bool {
    bytes.removeAll(keepingCapacity: true)
    sent = 0
    guard left > 0, let source else { return true }
    guard source.appendNext(to: &bytes), !bytes.isEmpty else { return false }
    if bytes.count > left { bytes.removeLast(bytes.count - left) }
    left -= bytes.count
    return true
  }

  private mutating func writeHead(_ response: Response, length: Int?, date: String) {
    func line(_ name: String, _ value: String) {
      bytes.append(contentsOf: name.utf8)
      bytes.append(contentsOf: ": ".utf8)
      bytes.append(contentsOf: value.utf8)
      bytes.append(contentsOf: "\r\n".utf8)
    }
    bytes.append(contentsOf: "HTTP/1.1 \(response.status) \(HTTPStatus.reason(response.status))\r\n".utf8)
    if !response.fields.contains(where: { $0.name == "Date" }) { line("Date", date) }
    for (name, value) in response.fields { line(name, value) }
    if let length, !HTTPStatus.isBodiless(response.status) { line("Content-Length", String(length)) }
    line("Connection", closesAfterwards ? "close" : "keep-alive")
    bytes.append(contentsOf: "\r\n".utf8)
  }
}

/// A body that is already whole, given out as one piece.
final class HeldBody: BodySource {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  func appendNext(to output: inout [UInt8]) -> Bool {
    output.append(contentsOf: bytes)
    return true
  }
}

/// A body with the same bytes behind it again and again.
final class FilledBody: BodySource {
  private static let piece = 64 * 1024

  let count: Int
  private var begin: [UInt8]
  private let filling: [UInt8]

  init(_ begin: [UInt8], _ filler: Delivery.Filler) {
    self.begin = begin
    let times = max(1, Self.piece / max(1, filler.text.count))
    filling = Array(repeatElement(filler.text, count: times).joined())
    count = filler.count.map { begin.count + $0 } ?? Int.max
  }

  func appendNext(to output: inout [UInt8]) -> Bool {
    output.append(contentsOf: begin.isEmpty ? filling : begin)
    begin = []
    return true
  }
}

/// Stands for a body that is announced but not sent, as in an answer to HEAD.
final class AnnouncedBody: BodySource {
  let count: Int

  init(count: Int) { self.count = count }

  func appendNext(to output: inout [UInt8]) -> Bool { false }
}
