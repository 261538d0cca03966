/// A rule of the conformance suite that a store does not keep.
package struct BrokenRule: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Throws where a value is another than the rule wants.
func expect<Value: Equatable>(
  _ found: Value, _ wanted: Value, file: StaticString = #fileID, line: UInt = #line
) throws {
  guard found != wanted else { return }
  throw BrokenRule("\(file):\(line): found \(found), expected \(wanted)")
}

func require(_ isKept: Bool, _ broken: String) throws {
  if !isKept { throw BrokenRule(broken) }
}

func require<Value>(_ value: Value?, _ broken: String) throws -> Value {
  guard let value else { throw BrokenRule(broken) }
  return value
}
