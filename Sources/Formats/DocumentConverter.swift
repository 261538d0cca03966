import JSONStream
import MissionCore

/// JSON documents of one result in several files: the records of each array, or each object that is a record, as they
/// are, with commas between them.
struct DocumentConverter: FormatConverter {
  private enum State {
    case before
    /// At the beginning of an element; the first may be missing.
    case first, element
    case inside, after, behind
  }

  private var state = State.before
  private var isInArray = false
  private var value = JSONPushScanner()
  private var index = 0
  private var end = 0

  mutating func push(_ bytes: UnsafeRawBufferPointer, offset: Int, into output: inout ConvertedOutput)
    throws(ConversionFailure)
  {
    end = offset + bytes.count
    guard let base = bytes.baseAddress else { return }
    var at = 0
    while at < bytes.count {
      if state == .inside {
        let start = at
        do throws(JSONError) { at = try value.push(bytes, at..<bytes.count, offset: offset) } catch {
          throw failure(error.message)
        }
        try output.append(base + start, count: at - start)
        if value.isDone { state = isInArray ? .after : .behind }
        continue
      }
      let byte = bytes[at]
      if LineReader.isWhite(byte) || byte == UInt8(ascii: "\n") {
        at += 1
      } else {
        at += try step(byte, offset + at, &output) ? 1 : 0
      }
    }
  }

  mutating func finish(into output: inout ConvertedOutput) throws(ConversionFailure) {
    guard state == .behind else { throw failure(JSONError(.unexpectedEnd, at: end).message) }
  }

  /// False when the byte is to be looked at once more.
  private mutating func step(_ byte: UInt8, _ place: Int, _ output: inout ConvertedOutput)
    throws(ConversionFailure) -> Bool
  {
    switch state {
    case .before where byte == UInt8(ascii: "["):
      isInArray = true
      state = .first
    case .first where byte == UInt8(ascii: "]"), .after where byte == UInt8(ascii: "]"): state = .behind
    case .after where byte == UInt8(ascii: ","): state = .element
    case .before, .first, .element:
      guard byte == UInt8(ascii: "{") else {
        throw failure(
          state == .before
            ? "it is neither an array nor an object" : "record \(index) at byte \(place) is not an object")
      }
      try output.beginRecord()
      // Inside the array.
      value.begin(depth: 1)
      state = .inside
      index += 1
      return false
    case .behind: throw failure(JSONError(.trailingContent, at: place).message)
    case .inside, .after: throw failure(JSONError(.unexpectedCharacter, at: place).message)
    }
    return true
  }

  private func failure(_ what: Message) -> ConversionFailure { .format(FormatError(what)) }
}
