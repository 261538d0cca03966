/// What a JSON value is.
public enum JSONKind: UInt8, Sendable {
  case object, array, string, number, `true`, `false`, null
}

/// A value as a place in the scanned bytes; nothing of it is copied or converted.
public struct JSONValue: Hashable, Sendable {
  public let kind: JSONKind
  /// Quotes and brackets included, white space around it not.
  public let range: Range<Int>

  public init(kind: JSONKind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// A member of a scanned object.
public struct JSONMember: Hashable, Sendable {
  /// Decoded.
  public let key: String
  public let value: JSONValue
  /// Elements of an array or members of an object; 0 for other kinds.
  public let count: Int
  /// Of an array: the first of its elements that is no object.
  public let oddElement: OddElement?
}

/// An element that is no object, of an array whose elements should be objects.
public struct OddElement: Hashable, Sendable {
  /// 0-based place in the array.
  public let index: Int
  public let kind: JSONKind
  /// Bytes before it, from the start of the document.
  public let offset: Int
}

/// An element of a scanned array.
public struct JSONElement: Hashable, Sendable {
  public let value: JSONValue
  /// What the reader's pointer leads to; of members with the same name the last counts.
  public let id: JSONValue?
}
