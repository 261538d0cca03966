/// A rule of the conformance suite that a destination does not keep.
public struct BrokenRule: Error, CustomStringConvertible {
  public let description: String
}

/// Throws where a value is another than the rule wants.
func expect<Value: Equatable>(_ found: Value, _ wanted: Value, line: UInt = #line) throws {
  guard found != wanted else { return }
  throw BrokenRule(description: "DestinationConformance.swift:\(line): found \(found), expected \(wanted)")
}
