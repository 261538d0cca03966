import JSONStream
import MissionCore

/// The members of an object of a stored report, by name. What is missing or of another kind is nil.
struct StoredFields {
  private let bytes: UnsafeRawBufferPointer
  private var values: [String: JSONValue] = [:]

  /// - Parameters:
  ///   - bytes: the file; stays valid while this is used.
  ///   - range: of the object; nil takes the whole file.
  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>? = nil) throws(JSONError) {
    let range = range ?? 0..<bytes.count
    self.bytes = UnsafeRawBufferPointer(rebasing: bytes[range])
    for member in try JSONScanner.members(of: self.bytes) { values[member.key] = member.value }
  }

  func text(_ name: String) -> String? {
    guard let value = values[name], value.kind == .string else { return nil }
    return JSONText.string(bytes, value.range)
  }

  func integer(_ name: String) -> Int64? {
    guard let value = values[name], value.kind == .number else { return nil }
    return JSONText.integer(bytes, value.range)
  }

  func count(_ name: String) -> Int { integer(name).flatMap { Int(exactly: $0) } ?? 0 }

  func number(_ name: String) -> Double? {
    guard let value = values[name], value.kind == .number else { return nil }
    return Double(String(decoding: bytes[value.range], as: UTF8.self))
  }

  func flag(_ name: String) -> Bool { values[name]?.kind == .true }

  func time(_ name: String) -> Timestamp? { text(name).flatMap { Timestamp($0) } }

  func code(_ name: String) -> ErrorCode? { text(name).flatMap { ErrorCode(rawValue: $0) } }

  /// An object's text as it is written; nil when there is no such object.
  func json(_ name: String) -> String? {
    guard let value = values[name], value.kind == .object else { return nil }
    return String(decoding: bytes[value.range], as: UTF8.self)
  }

  /// An array's text as it is written; nil when there is no such array.
  func array(_ name: String) -> String? {
    guard let value = values[name], value.kind == .array else { return nil }
    return String(decoding: bytes[value.range], as: UTF8.self)
  }

  /// Nil when there is no such object.
  func object(_ name: String) throws(JSONError) -> StoredFields? {
    guard let value = values[name], value.kind == .object else { return nil }
    return try StoredFields(bytes, value.range)
  }

  /// The texts of an array, those that are texts.
  func texts(_ name: String) throws -> [String] {
    var texts: [String] = []
    try each(name) { element, bytes in
      if element.kind == .string { texts.append(JSONText.string(bytes, element.range)) }
      return true
    }
    return texts
  }

  /// The elements of an array as they are written.
  func jsons(_ name: String) throws -> [String] {
    var elements: [String] = []
    try each(name) { element, bytes in
      elements.append(String(decoding: bytes[element.range], as: UTF8.self))
      return true
    }
    return elements
  }

  /// The objects of an array, one after the other; `body` answers false to stop.
  func objects(_ name: String, _ body: (StoredFields) throws -> Bool) throws {
    try each(name) { element, bytes in
      element.kind == .object ? try body(StoredFields(bytes, element.range)) : true
    }
  }

  private func each(
    _ name: String, _ body: (JSONValue, UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    guard let value = values[name], value.kind == .array else { return }
    let inside = UnsafeRawBufferPointer(rebasing: bytes[value.range])
    var reader = JSONArrayReader(inside)
    while let element = try reader.next() {
      guard try body(element.value, inside) else { return }
    }
  }
}
