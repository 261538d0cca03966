/// What a server does with requests. Called by its event loop's thread alone.
protocol RequestHandler: AnyObject {
  /// The head is here; says what is to become of the body.
  func begin(_ head: RequestHead) -> BodyPlan
  /// The body is here too (empty when the request has none).
  func finish(_ head: RequestHead, _ body: ReceivedBody) -> Reply
}

/// What is to become of a request's body.
enum BodyPlan {
  /// Held in memory; longer ones are answered with 413.
  case collect(limit: Int)
  case stream(any BodyReceiver)
  /// Not wanted: it is skipped and this is answered.
  case refuse(Reply)
}

/// Takes a body while it arrives.
protocol BodyReceiver: AnyObject {
  func receive(_ bytes: UnsafeRawBufferPointer)
  /// The client went away before the body's end.
  func abandon()
}

/// A body that has arrived whole.
enum ReceivedBody {
  case collected([UInt8])
  case streamed(any BodyReceiver)
}
