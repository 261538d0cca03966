import JSONStream
import MissionCore

/// CSV (RFC 4180) with a header: each row an object of texts exactly as they were written, in the header's order.
struct CSVConverter: FormatConverter {
  private enum State {
    case rowStart, fieldStart, plain, quoted
    /// After a quote inside a quoted field: the field ends, or the quote is doubled.
    case quoteInQuoted
    /// After a carriage return, which ends a row if a line feed follows.
    case carriageReturn
  }

  private let dialect: CSVDialect
  private var header = CSVHeader()
  private var isInHeader = true
  private var state = State.rowStart
  private var sequence = UTF8Sequence()
  private var sequenceStart = 0
  /// From 1; the header is the first.
  private var row = 1
  /// From 0.
  private var field = 0
  private var quoteStart = 0
  private var end = 0

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  mutating func push(_ bytes: UnsafeRawBufferPointer, offset: Int, into output: inout ConvertedOutput)
    throws(ConversionFailure)
  {
    // A character of several bytes must be whole before anything else comes.
    if sequence.isOpen, bytes[0] < 0x80 { throw notUTF8 }
    let classes = dialect.classes
    try classes.withUnsafeBufferPointer { classes throws(ConversionFailure) in
      var at = 0
      while at < bytes.count {
        if state == .quoted || state == .plain {
          let start = at
          at = try cross(bytes, start, classes, offset)
          try keep(UnsafeRawBufferPointer(rebasing: bytes[start..<at]), offset &+ start, &output)
          guard at < bytes.count else { break }
        }
        if try step(bytes[at], offset &+ at, &output) { at &+= 1 }
      }
    }
    end = offset + bytes.count
  }

  /// Crosses what of a field stands as it is; gives the place behind it.
  @inline(__always)
  private mutating func cross(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ classes: UnsafeBufferPointer<UInt8>, _ offset: Int
  ) throws(ConversionFailure) -> Int {
    let mostPlain = state == .quoted ? CSVDialect.separating : CSVDialect.plain
    var at = start
    while at < bytes.count {
      let kind = classes[Int(bytes[at])]
      if kind <= mostPlain {
        at &+= 1
        continue
      }
      guard kind == CSVDialect.beyondASCII else { break }
      repeat {
        if !sequence.isOpen { sequenceStart = offset &+ at }
        guard sequence.take(bytes[at]) else { throw notUTF8 }
        at &+= 1
      } while at < bytes.count && (sequence.isOpen || bytes[at] >= 0x80)
    }
    return at
  }

  mutating func finish(into output: inout ConvertedOutput) throws(ConversionFailure) {
    switch state {
    case _ where sequence.isOpen: throw notUTF8
    case .rowStart: break
    case .carriageReturn: throw failure(Self.loneReturn, end - 1)
    case .quoted: throw failure("this quote is never closed", quoteStart)
    default: try endRow(end, &output)
    }
    if isInHeader { throw .format(FormatError("the file is empty, not even a header is there")) }
  }

  // MARK: Steps

  /// Looks at one byte that is not simply copied; false when it is to be looked at once more.
  private mutating func step(_ byte: UInt8, _ place: Int, _ output: inout ConvertedOutput)
    throws(ConversionFailure) -> Bool
  {
    switch state {
    case .rowStart:
      state = .fieldStart
      if !isInHeader {
        try output.beginRecord()
        try output.append(header.lead[0])
      }
      return false
    case .fieldStart:
      quoteStart = place
      state = byte == UInt8(ascii: "\"") ? .quoted : .plain
      return state == .quoted
    case .plain: try takePlain(byte, place, &output)
    case .quoted:
      if byte == UInt8(ascii: "\"") {
        state = .quoteInQuoted
      } else {
        try content(byte, place, &output)
      }
    case .quoteInQuoted:
      if byte == UInt8(ascii: "\"") {
        state = .quoted
        try content(byte, place, &output)
      } else if byte == dialect.delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        try takePlain(byte, place, &output)
      } else {
        throw failure("text after the closing quote", place)
      }
    case .carriageReturn:
      guard byte == UInt8(ascii: "\n") else { throw failure(Self.loneReturn, place - 1) }
      try endRow(place, &output)
    }
    return true
  }

  private mutating func takePlain(_ byte: UInt8, _ place: Int, _ output: inout ConvertedOutput)
    throws(ConversionFailure)
  {
    switch byte {
    case dialect.delimiter: try endField(place, &output)
    case UInt8(ascii: "\n"): try endRow(place, &output)
    case UInt8(ascii: "\r"): state = .carriageReturn
    case UInt8(ascii: "\""): throw failure("a quote inside a field that does not begin with one", place)
    default: try content(byte, place, &output)
    }
  }

  // MARK: Fields and rows

  private mutating func endField(_ place: Int, _ output: inout ConvertedOutput) throws(ConversionFailure) {
    state = .fieldStart
    if isInHeader {
      if let wrong = header.endName() { throw failure(wrong, place) }
      guard header.beginName() else { throw tooLarge(place) }
      field += 1
      return
    }
    guard field + 1 < header.lead.count else {
      throw failure("the row has more fields than the header, which has \(header.lead.count)", place)
    }
    field += 1
    try output.append(header.lead[field])
  }

  private mutating func endRow(_ place: Int, _ output: inout ConvertedOutput) throws(ConversionFailure) {
    if isInHeader {
      if let wrong = header.endName() { throw failure(wrong, place) }
      header.end()
      isInHeader = false
    } else {
      guard field + 1 == header.lead.count else {
        throw failure("the row ends here, and the header has \(header.lead.count) fields", place)
      }
      try output.append(UInt8(ascii: "\""))
      try output.append(UInt8(ascii: "}"))
    }
    state = .rowStart
    field = 0
    row += 1
  }

  // MARK: Content

  /// A byte that stands otherwise in JSON, or in UTF-8.
  private mutating func content(_ byte: UInt8, _ place: Int, _ output: inout ConvertedOutput)
    throws(ConversionFailure)
  {
    let replacement = dialect.replacements[Int(byte)]
    guard !replacement.isEmpty else {
      throw failure("the encoding \(dialect.encoding.rawValue) does not have this byte", place)
    }
    try replacement.withUnsafeBufferPointer { bytes throws(ConversionFailure) in
      try keep(UnsafeRawBufferPointer(bytes), place, &output)
    }
  }

  @inline(__always)
  private mutating func keep(
    _ bytes: UnsafeRawBufferPointer, _ place: Int, _ output: inout ConvertedOutput
  ) throws(ConversionFailure) {
    if isInHeader {
      guard header.append(bytes) else { throw tooLarge(place) }
    } else if let start = bytes.baseAddress {
      try output.append(start, count: bytes.count)
    }
  }

  // MARK: Failures

  private static let loneReturn: Message =
    "a carriage return without a line feed; accepted line ends: LF or CRLF"

  private var notUTF8: ConversionFailure { failure("it is not UTF-8", sequenceStart) }

  private func tooLarge(_ place: Int) -> ConversionFailure {
    failure("the header has more than \(CSVHeader.largest) bytes", place)
  }

  private func failure(_ what: Message, _ place: Int) -> ConversionFailure {
    .format(FormatError("\(what) (byte \(place))", at: "row \(row), field \(field + 1)"))
  }
}
