/// A rule of the conformance suite that a destination does not keep.
package struct BrokenRule: Error, CustomStringConvertible {
  package let description: String
}

/// Throws where a value is another than the rule wants.
func expect<Value: Equatable>(_ found: Value, _ wanted: Value, line: UInt = #line) throws {
  guard found != wanted else { return }
  throw BrokenRule(description: "DestinationConformance.swift:\(line): found \(found), expected \(wanted)")
}
