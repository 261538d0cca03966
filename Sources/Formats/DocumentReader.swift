import JSONStream
import MissionCore
import Ports

/// Reads an answer that is a plain JSON document: its records are the array at a place, or the one object there
/// (SOURCES 4, `json`).
package struct DocumentReader: AnswerReading {
  /// Where a document itself is the array or the object.
  package static let wholeDocument = JSONPointer("")!  // a pointer as RFC 6901 has it

  private let place: JSONPointer
  private let isEmptyAllowed: Bool
  private let redactor: Redactor

  /// - Parameters:
  ///   - place: of the array or the object; the whole document at first.
  ///   - isEmptyAllowed: an answer without a byte that is not white space holds no records; else it is an error.
  ///   - redactor: masks secrets in the excerpts that errors carry.
  package init(
    at place: JSONPointer = Self.wholeDocument, isEmptyAllowed: Bool = false,
    masking redactor: Redactor = .none
  ) {
    self.place = place
    self.isEmptyAllowed = isEmptyAllowed
    self.redactor = redactor
  }

  package func read(
    _ answer: UnsafeRawBufferPointer, progress: ((Int) -> Void)?
  ) throws(SpoolError) -> AnswerContent {
    if isEmptyAllowed, Self.isEmpty(answer) { return .noRecords }
    let found: PlacedValue?
    do throws(JSONError) {
      found = try JSONScanner.value(at: place, of: answer, progress: progress)
    } catch {
      throw .notJSON(what: error.message, excerpt: excerpt(answer))
    }
    guard let found else { throw .wrongShape(what: "nothing is at \(name)", excerpt: excerpt(answer)) }
    switch found.value.kind {
    case .object: return .record(found.value.range)
    case .array:
      if let odd = found.oddElement {
        let what: Message = "record \(odd.index) at byte \(odd.offset) is not an object"
        throw .wrongShape(what: what, excerpt: excerpt(answer))
      }
      return .records(found.value.range, count: found.count)
    default:
      let what: Message =
        place.isWhole
        ? "it is neither an array nor an object" : "what is at \(name) is neither an array nor an object"
      throw .wrongShape(what: what, excerpt: excerpt(answer))
    }
  }

  private var name: String { UntrustedText.clean(place.description, limit: 128) }

  /// The answer's beginning. It is never cut out of the middle: a secret cut in two would not be masked.
  private func excerpt(_ answer: UnsafeRawBufferPointer) -> String {
    UntrustedText.foreign(bytes: answer, masking: redactor)
  }

  private static func isEmpty(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }
}
