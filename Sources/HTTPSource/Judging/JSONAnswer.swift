import JSONStream
import MissionCore

/// A JSON answer from which single values are taken.
struct JSONAnswer {
  let bytes: UnsafeRawBufferPointer

  /// A value that can be compared with a word: the text of a string, or the token of a number, `true`, `false`, `null`.
  struct Word: Hashable {
    let text: String
    let kind: JSONKind

    /// Byte for byte: two texts that only look alike are two words.
    func matches(_ word: String) -> Bool { text.utf8.elementsEqual(word.utf8) }
  }

  /// Nil where nothing is, and for what is no single value.
  func word(at place: JSONPointer) throws(JSONError) -> Word? {
    guard let value = try JSONScanner.value(at: place, of: bytes)?.value else { return nil }
    return word(of: value)
  }

  func word(of value: JSONValue) -> Word? {
    switch value.kind {
    case .object, .array: return nil
    case .string:
      // A text that cannot be said is none that could be sent back.
      guard JSONText.stringWithLoneSurrogates(bytes, value.range) == nil else { return nil }
      return Word(text: JSONText.string(bytes, value.range), kind: .string)
    case .number, .true, .false, .null:
      return Word(text: String(decoding: bytes[value.range], as: UTF8.self), kind: value.kind)
    }
  }

  /// The part of the answer that a value is.
  func part(_ value: JSONValue) -> JSONAnswer {
    JSONAnswer(bytes: UnsafeRawBufferPointer(rebasing: bytes[value.range]))
  }
}

extension JSONAnswer.Word {
  /// The job id that this is; nil when it cannot be one: it must be a string or an integer of 1 to 256 bytes without
  /// control characters.
  var jobID: String? {
    guard kind == .string || kind == .number, (1...KeptLimits.idBytes).contains(text.utf8.count) else {
      return nil
    }
    if kind == .number {
      let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
      return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
    }
    return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? nil : text
  }

  /// The value that is kept under a name; nil for nothing.
  var kept: String? { kind == .null || text.utf8.count > KeptLimits.bytes ? nil : text }
}
