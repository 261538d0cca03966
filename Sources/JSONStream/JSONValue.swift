/// What a JSON value is.
package enum JSONKind: UInt8, Sendable {
  case object, array, string, number, `true`, `false`, null
}

/// A value as a place in the scanned bytes; nothing of it is copied or converted.
package struct JSONValue: Hashable, Sendable {
  package let kind: JSONKind
  /// Quotes and brackets included, white space around it not.
  package let range: Range<Int>

  package init(kind: JSONKind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// A member of a scanned object.
package struct JSONMember: Hashable, Sendable {
  /// Decoded.
  package let key: String
  package let value: JSONValue
  /// Elements of an array or members of an object; 0 for other kinds.
  package let count: Int
  /// Of an array: the first of its elements that is no object.
  package let oddElement: OddElement?
}

/// An element that is no object, of an array whose elements should be objects.
package struct OddElement: Hashable, Sendable {
  /// 0-based place in the array.
  package let index: Int
  package let kind: JSONKind
  /// Bytes before it, from the start of the document.
  package let offset: Int
}

/// An element of a scanned array.
package struct JSONElement: Hashable, Sendable {
  package let value: JSONValue
  /// What the reader's pointer leads to; of members with the same name the last counts.
  package let id: JSONValue?
}
