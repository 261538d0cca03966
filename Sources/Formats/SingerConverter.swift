import JSONStream
import MissionCore

/// Singer's messages, one a line: the `record` of each RECORD of the streams that count, as it is.
///
/// A record that stands behind its `type` and `stream`, as taps write it, passes through; one that stands before them is
/// kept until they are known.
struct SingerConverter: FormatConverter {
  /// Bytes of a stream's name.
  static let longestStream = 256

  private enum State { case before, firstKey, key, inKey, colon, valueStart, inValue, after, behind }

  /// What becomes of the bytes of the value that is being read.
  private enum Use { case drop, text, hold, give }

  private let streams: Set<String>?
  private var lines = LineReader()
  private var state = State.before
  private var value = JSONPushScanner()
  private var message = SingerMessage()
  private var member = SingerMessage.Member.other
  private var use = Use.drop
  /// A key, or the value of `type` or `stream`; one byte more than counts when it is longer.
  private var text: [UInt8] = []
  private var end = 0

  /// Six bytes write one as an escape.
  private static let longestText = 6 * longestStream + 2

  init(streams: [String]?) { self.streams = streams.map(Set.init) }

  mutating func push(_ bytes: UnsafeRawBufferPointer, offset: Int, into output: inout ConvertedOutput)
    throws(ConversionFailure)
  {
    var at = 0
    while let part = lines.part(of: bytes, from: &at) {
      var here = part.range.lowerBound
      while here < part.range.upperBound {
        here = try take(bytes, here..<part.range.upperBound, offset, &output)
      }
      if part.endsLine { try endLine(offset + part.range.upperBound, &output) }
    }
    end = offset + bytes.count
  }

  mutating func finish(into output: inout ConvertedOutput) throws(ConversionFailure) {
    try endLine(end, &output)
  }

  // MARK: A line

  /// Takes what comes next of a line; gives the place behind it.
  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ part: Range<Int>, _ offset: Int, _ output: inout ConvertedOutput
  ) throws(ConversionFailure) -> Int {
    if state == .inKey || state == .inValue { return try takeValue(bytes, part, offset, &output) }
    let at = LineReader.crossWhite(bytes, part)
    guard at < part.upperBound else { return at }
    let byte = bytes[at]
    switch state {
    case .before:
      guard byte == UInt8(ascii: "{") else { throw lines.failure(.notAnObject, at: offset + at) }
      message = SingerMessage()
      state = .firstKey
    case .firstKey where byte == UInt8(ascii: "}"), .after where byte == UInt8(ascii: "}"): state = .behind
    case .firstKey, .key:
      guard byte == UInt8(ascii: "\"") else { throw lines.failure(.unexpectedCharacter, at: offset + at) }
      begin(.inKey, .text)
      return at
    case .colon where byte == UInt8(ascii: ":"): state = .valueStart
    case .after where byte == UInt8(ascii: ","): state = .key
    case .valueStart:
      begin(.inValue, try useOfValue(byte, &output))
      return at
    case .behind: throw lines.failure(.trailingContent, at: offset + at)
    default: throw lines.failure(.unexpectedCharacter, at: offset + at)
    }
    return at + 1
  }

  private mutating func begin(_ state: State, _ use: Use) {
    self.state = state
    self.use = use
    text = []
    // A record is inside an array in the end; every other value is inside its message.
    value.begin(depth: 1)
  }

  /// - Parameter first: the value's first byte.
  private func useOfValue(_ first: UInt8, _ output: inout ConvertedOutput) throws(ConversionFailure) -> Use {
    switch member {
    case .other: return .drop
    case .type, .stream:
      guard first == UInt8(ascii: "\"") else {
        throw lines.failure(
          member == .type ? "the type of the message is no text" : "the stream of the message is no text")
      }
      return .text
    case .record:
      switch message.isWanted(streams) {
      case false: return .drop
      case nil: return .hold
      default:
        guard first == UInt8(ascii: "{") else { throw lines.failure(Self.recordIsNoObject) }
        try output.beginRecord()
        return .give
      }
    }
  }

  private mutating func takeValue(
    _ bytes: UnsafeRawBufferPointer, _ part: Range<Int>, _ offset: Int, _ output: inout ConvertedOutput
  ) throws(ConversionFailure) -> Int {
    let end: Int
    do throws(JSONError) { end = try value.push(bytes, part, offset: offset) } catch {
      throw lines.failure(error)
    }
    let taken = UnsafeRawBufferPointer(rebasing: bytes[part.lowerBound..<end])
    switch use {
    case .drop: break
    case .text: text += taken.prefix(Self.longestText + 1 - text.count)
    case .hold:
      guard message.held.count + taken.count <= SingerMessage.longestHeld else {
        throw lines.failure(
          "a record of more than \(SingerMessage.longestHeld) bytes stands before its type and stream; "
            + "write those first")
      }
      message.held += taken
    case .give:
      if let start = taken.baseAddress { try output.append(start, count: taken.count) }
    }
    if value.isDone { try endValue() }
    return end
  }

  private mutating func endValue() throws(ConversionFailure) {
    guard state == .inKey else {
      if use == .text { message.set(member, text, isWhole: text.count <= Self.longestText) }
      state = .after
      return
    }
    state = .colon
    member = .other
    guard text.count <= SingerMessage.longestKey else { return }
    guard let member = message.member(key: text) else {
      throw lines.failure("the message has its type, stream or record twice")
    }
    self.member = member
  }

  /// - Parameter place: of the line feed, or the end of the result.
  private mutating func endLine(_ place: Int, _ output: inout ConvertedOutput) throws(ConversionFailure) {
    defer { lines.endLine() }
    if state == .before { return }
    guard state == .behind else { throw lines.failure(.unexpectedEnd, at: place) }
    if let missing = message.missing(streams) { throw lines.failure(missing) }
    if !message.held.isEmpty, message.isWanted(streams) == true {
      guard message.held.first == UInt8(ascii: "{") else { throw lines.failure(Self.recordIsNoObject) }
      try output.beginRecord()
      try output.append(message.held)
    }
    state = .before
  }

  private static let recordIsNoObject: Message = "the record of the message is not an object"
}
