/// What is answered to a request, before anything is done to it on the way.
struct Response {
  var status: Int
  var fields: [(name: String, value: String)] = []
  var body: Body = .bytes([])

  enum Body {
    case bytes([UInt8])
    /// A body that is made while it is sent.
    case source(any BodySource)

    var count: Int {
      switch self {
      case .bytes(let bytes): return bytes.count
      case .source(let source): return source.count
      }
    }
  }

  static func json(_ status: Int, _ text: String) -> Response { json(status, Array(text.utf8)) }

  static func json(_ status: Int, _ bytes: [UInt8]) -> Response {
    Response(status: status, fields: [("Content-Type", "application/json")], body: .bytes(bytes))
  }

  /// A refusal that says why.
  static func error(_ status: Int, _ reason: String) -> Response {
    json(status, "{\"error\":\(JSONValue.quoted(reason))}")
  }
}

/// Bytes that are produced on demand, so that a large answer is never held whole.
protocol BodySource: AnyObject {
  /// Bytes of the whole body.
  var count: Int { get }
  /// Appends the next piece; false when it failed and the answer cannot be completed.
  func appendNext(to output: inout [UInt8]) -> Bool
}

/// A response and what the network does to it.
struct Reply {
  var response: Response
  var delivery = Delivery()

  init(_ response: Response, _ delivery: Delivery = Delivery()) {
    self.response = response
    self.delivery = delivery
  }
}

/// How an answer reaches the client.
struct Delivery: Equatable {
  /// What ends the body before its time.
  enum Cut: Equatable {
    /// Half of the body, then the connection is closed.
    case close
    /// Half of the body, then silence.
    case stall
    /// Half of the body, announced as if it were all.
    case shorten
  }

  var delay: Duration = .zero
  /// The connection is reset instead of answered.
  var isReset = false
  var cut: Cut?
  /// Added to the Content-Length that is announced; the connection closes after the body.
  var lengthError = 0
  var bytesPerSecond: Int?
  /// What follows the body, or stands for all header fields after the first ones.
  var filler: Filler?

  /// The same bytes again and again.
  struct Filler: Equatable {
    var text: [UInt8] = [UInt8(ascii: "[")]
    /// Bytes in all; nil when there is no end.
    var count: Int?
    var isInHead = false
  }
}
