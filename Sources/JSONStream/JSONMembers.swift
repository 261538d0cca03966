/// What can be the value of a member that is listed: texts, numbers, flags, lists of them, objects, or nothing.
package protocol JSONWritable {
  func writeJSON(to json: inout JSONWriter)
}

/// An object as the list of its members, in their order.
package struct JSONMembers: JSONWritable, ExpressibleByDictionaryLiteral {
  private let members: [(String, any JSONWritable)]

  package init(dictionaryLiteral members: (String, any JSONWritable)...) { self.members = members }

  /// Counts by their names.
  package init(_ counts: [(name: String, count: Int)]) { members = counts.map { ($0.name, $0.count) } }

  /// The object with its braces.
  package func writeJSON(to json: inout JSONWriter) {
    json.beginObject()
    json.add(self)
    json.endObject()
  }

  fileprivate func writeEach(to json: inout JSONWriter) {
    for (name, value) in members {
      json.key(name)
      value.writeJSON(to: &json)
    }
  }
}

extension JSONWriter {
  /// Adds members to the object that is open.
  package mutating func add(_ members: JSONMembers) { members.writeEach(to: &self) }
}

extension String: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) { json.value(self) }
}

extension Int: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) { json.value(self) }
}

extension Int64: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) { json.value(self) }
}

extension Double: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) { json.value(self) }
}

extension Bool: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) { json.value(self) }
}

extension Optional: JSONWritable where Wrapped: JSONWritable {
  /// `null` for nothing.
  package func writeJSON(to json: inout JSONWriter) {
    if let self { self.writeJSON(to: &json) } else { json.null() }
  }
}

extension Array: JSONWritable where Element: JSONWritable {
  package func writeJSON(to json: inout JSONWriter) {
    json.beginArray()
    for element in self { element.writeJSON(to: &json) }
    json.endArray()
  }
}
