import MissionCore

/// Where and why a result's bytes are not in the format that was said.
package struct FormatError: Error, Equatable, Sendable, MessageConvertible {
  /// `line 3`, `row 5, field 2`, or empty for the file as a whole.
  package let place: Message
  /// What is wrong there, with the byte where it is one place.
  package let what: Message

  init(_ what: Message, at place: Message = "") {
    self.place = place
    self.what = what
  }

  package var message: Message { place.isEmpty ? what : "\(place): \(what)" }
}

/// Why a conversion ended before its time.
package enum ConversionFailure: Error, Equatable, Sendable {
  /// The bytes are not in the format.
  case format(FormatError)
  /// Whoever takes the converted bytes takes no more, and knows why.
  case notTaken
}
