import JSONStream

/// JSON Lines: the trimmed objects as they are, with commas between them.
struct LinesConverter: FormatConverter {
  private enum State { case before, inside, behind }

  private var lines = LineReader()
  private var state = State.before
  private var value = JSONPushScanner()
  private var end = 0

  mutating func push(_ bytes: UnsafeRawBufferPointer, offset: Int, into output: inout ConvertedOutput)
    throws(ConversionFailure)
  {
    var at = 0
    while let part = lines.part(of: bytes, from: &at) {
      try take(bytes, part.range, offset, &output)
      if part.endsLine { try endLine(offset + part.range.upperBound) }
    }
    end = offset + bytes.count
  }

  mutating func finish(into output: inout ConvertedOutput) throws(ConversionFailure) { try endLine(end) }

  private mutating func take(
    _ bytes: UnsafeRawBufferPointer, _ part: Range<Int>, _ offset: Int, _ output: inout ConvertedOutput
  ) throws(ConversionFailure) {
    var at = part.lowerBound
    if state == .before {
      at = LineReader.crossWhite(bytes, part)
      guard at < part.upperBound else { return }
      guard bytes[at] == UInt8(ascii: "{") else { throw lines.failure(.notAnObject, at: offset + at) }
      try output.beginRecord()
      // Inside the array.
      value.begin(depth: 1)
      state = .inside
    }
    if state == .inside {
      let start = at
      do throws(JSONError) { at = try value.push(bytes, at..<part.upperBound, offset: offset) } catch {
        throw lines.failure(error)
      }
      guard let base = bytes.baseAddress else { return }
      try output.append(base + start, count: at - start)
      if value.isDone { state = .behind }
    }
    at = LineReader.crossWhite(bytes, at..<part.upperBound)
    guard at == part.upperBound else { throw lines.failure(.trailingContent, at: offset + at) }
  }

  /// - Parameter place: of the line feed, or the end of the result.
  private mutating func endLine(_ place: Int) throws(ConversionFailure) {
    guard state != .inside else { throw lines.failure(.unexpectedEnd, at: place) }
    state = .before
    lines.endLine()
  }
}
