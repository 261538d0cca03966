/// An entry of a mapping whose names the writer of the file chooses.
package struct Named<Value: Sendable>: Sendable {
  package let name: String
  package var value: Value

  package init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}
