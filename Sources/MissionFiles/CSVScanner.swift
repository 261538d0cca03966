import Glibc
import MissionCore

/// Splits a stream of bytes into the records of RFC 4180, in one pass and bounded memory.
///
/// It knows nothing of what the fields mean. A record that breaks the rules is told of once, and reading goes
/// on after its end without keeping its bytes. Empty lines and those of nothing but commas are passed over: they hold
/// no record.
struct CSVScanner {
  /// What is wrong with a record's form, and where.
  struct Fault {
    let line: Int
    let column: Int
    let message: Message
  }

  enum Output {
    /// `record` holds it until the next call.
    case record
    case fault(Fault)
    /// Give the next chunk, or call `finish()`.
    case exhausted
  }

  private enum State {
    case recordStart, fieldStart, plain, quoted
    /// After a quote inside a quoted field: the field ends, or the quote is doubled.
    case quoteInQuoted
    /// After a carriage return, which ends a record if a line feed follows.
    case carriageReturn
    /// In a refused record: outside of quotes, inside, after a quote that may be doubled.
    case skipping, skippingQuoted, skippingQuote
  }

  let record: CSVRecord
  /// The line on which the record began.
  private(set) var recordLine = 1

  private var state = State.recordStart
  private var line = 1
  /// Bytes of earlier chunks.
  private var consumed = 0
  /// A position in the stream minus this is a column in characters: bytes of earlier lines are in it, and
  /// those of this line that continue a character.
  private var columnBase = -1
  private var quote = (line: 0, column: 0)
  private var pending: Fault?

  init(keptFields: Int) { record = CSVRecord(keptFields: keptFields) }

  /// The next record or fault of `chunk` from `index` on. After `exhausted` the next chunk begins at 0.
  mutating func next(_ chunk: UnsafeBufferPointer<UInt8>, from index: inout Int) -> Output {
    while index < chunk.count {
      let output: Output?
      switch state {
      case .recordStart: output = beginRecord(chunk[index], &index)
      case .fieldStart: output = beginField(chunk[index], &index)
      case .plain: output = takePlain(chunk, &index)
      case .quoted: output = takeQuoted(chunk, &index)
      case .quoteInQuoted: output = afterQuote(chunk[index], &index)
      case .carriageReturn: output = afterCarriageReturn(chunk[index], &index)
      case .skipping, .skippingQuoted, .skippingQuote:
        index += uninteresting(chunk, from: index)
        output = index < chunk.count ? skip(chunk[index], &index) : nil
      }
      if let output { return output }
    }
    consumed += chunk.count
    index = 0
    return .exhausted
  }

  /// What is left at the end of the file; `exhausted` when nothing is.
  mutating func finish() -> Output {
    defer { state = .recordStart }
    switch state {
    case .recordStart: return .exhausted
    case .fieldStart:
      record.beginField(line: line, column: column(0))
      return holdsNothing ? .exhausted : .record
    case .plain, .quoteInQuoted: return .record
    case .carriageReturn:
      refuse(at: -1, Self.loneCarriageReturn)
      return takePending()
    case .quoted, .skippingQuoted:
      pending = Fault(
        line: quote.line, column: quote.column,
        message: "this quote is never closed, so the rest of the file was read as one field; "
          + "accepted: a closing quote")
      return takePending()
    case .skipping, .skippingQuote: return takePending()
    }
  }

  // MARK: States

  private mutating func beginRecord(_ byte: UInt8, _ index: inout Int) -> Output? {
    if byte == .lineFeed {
      startLine(after: index)
      index += 1
      return nil
    }
    record.clear()
    recordLine = line
    return beginField(byte, &index)
  }

  private mutating func beginField(_ byte: UInt8, _ index: inout Int) -> Output? {
    record.beginField(line: line, column: column(index))
    state = .plain
    if byte == .quote {
      quote = (line, column(index))
      state = .quoted
      index += 1
    }
    return nil
  }

  private mutating func takePlain(_ chunk: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Output? {
    guard let base = chunk.baseAddress else { return nil }
    var end = index
    while end < chunk.count, base[end] > .comma, base[end] < 0x80 { end += 1 }
    if end > index, !record.append(base + index, count: end - index) { refuseLongField() }
    index = end
    guard end < chunk.count, state == .plain else { return nil }
    defer { index += 1 }
    switch base[end] {
    case .comma: state = .fieldStart
    case .lineFeed: return endRecord(at: end)
    case .carriageReturn: state = .carriageReturn
    case .quote: refuse(at: end, "a quote inside a field that does not begin with one; accepted: \"a\"\"b\"")
    case 0: refuse(at: end, Self.nul)
    default:
      noteContinuation(base[end])
      if !record.append(base + end, count: 1) { refuseLongField() }
    }
    return nil
  }

  private mutating func takeQuoted(_ chunk: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Output? {
    let byte = chunk[index]
    defer { index += 1 }
    switch byte {
    case .quote: state = .quoteInQuoted
    case 0:
      refuse(at: index, Self.nul)
      state = .skippingQuoted
    default:
      noteContinuation(byte)
      if withUnsafePointer(to: byte, { !record.append($0, count: 1) }) {
        refuseLongField()
        state = .skippingQuoted
      }
      if byte == .lineFeed { startLine(after: index) }
    }
    return nil
  }

  private mutating func afterQuote(_ byte: UInt8, _ index: inout Int) -> Output? {
    switch byte {
    case .quote:
      state = .quoted
      if withUnsafePointer(to: byte, { !record.append($0, count: 1) }) {
        refuseLongField()
        state = .skippingQuoted
      }
    case .comma: state = .fieldStart
    case .lineFeed:
      let output = endRecord(at: index)
      index += 1
      return output ?? .record
    case .carriageReturn: state = .carriageReturn
    default:
      refuse(
        at: index,
        "text after the closing quote of the field that begins at \(quote.line):\(quote.column); "
          + "accepted: a comma or a line end")
      return nil
    }
    index += 1
    return nil
  }

  private mutating func afterCarriageReturn(_ byte: UInt8, _ index: inout Int) -> Output? {
    guard byte == .lineFeed else {
      refuse(at: index - 1, Self.loneCarriageReturn)
      return nil
    }
    let output = endRecord(at: index)
    index += 1
    return output
  }

  /// Bytes of a refused record that are passed over at once: gigabytes without a line end cost no more than
  /// reading them. What a column is there does not matter: none is told before the next line begins.
  private func uninteresting(_ chunk: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    guard let base = chunk.baseAddress else { return 0 }
    let left = chunk.count - index
    func distance(to byte: UInt8) -> Int {
      memchr(base + index, Int32(byte), left).map { UnsafeRawPointer(base + index).distance(to: $0) } ?? left
    }
    switch state {
    case .skipping: return distance(to: .lineFeed)
    case .skippingQuoted: return min(distance(to: .quote), distance(to: .lineFeed))
    default: return 0
    }
  }

  /// The end of a refused record, its quotes taken into account as far as they are still known.
  private mutating func skip(_ byte: UInt8, _ index: inout Int) -> Output? {
    if state == .skippingQuote {
      state = byte == .quote ? .skippingQuoted : .skipping
      if byte == .quote { index += 1 }
      return nil
    }
    defer { index += 1 }
    noteContinuation(byte)
    if byte == .quote, state == .skippingQuoted { state = .skippingQuote }
    guard byte == .lineFeed else { return nil }
    startLine(after: index)
    guard state == .skipping else { return nil }
    state = .recordStart
    return takePending()
  }

  // MARK: Ends and places

  private mutating func endRecord(at index: Int) -> Output? {
    startLine(after: index)
    state = .recordStart
    return holdsNothing ? nil : .record
  }

  /// An empty line, or nothing but commas. Quotes say that something is meant to be there.
  private var holdsNothing: Bool { record.isBlank && quote.line < recordLine }

  private mutating func startLine(after index: Int) {
    line += 1
    columnBase = consumed + index
  }

  private func column(_ index: Int) -> Int { consumed + index - columnBase }

  @inline(__always)
  private mutating func noteContinuation(_ byte: UInt8) {
    if byte & 0xC0 == 0x80 { columnBase += 1 }
  }

  private mutating func refuse(at index: Int, _ message: Message) {
    pending = Fault(line: line, column: column(index), message: message)
    state = .skipping
  }

  private mutating func refuseLongField() {
    let field = record.field(min(record.fieldCount, record.keptFields) - 1)
    pending = Fault(
      line: field.line, column: field.column,
      message: "the field is longer than \(CSVRecord.largestField) bytes")
    state = .skipping
  }

  private mutating func takePending() -> Output {
    defer { pending = nil }
    return pending.map(Output.fault) ?? .exhausted
  }

  private static let nul: Message = "a NUL byte is not text"
  private static let loneCarriageReturn: Message =
    "a carriage return without a line feed; accepted line ends: LF or CRLF"
}

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
}
