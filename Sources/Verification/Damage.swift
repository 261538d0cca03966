/// Which parts of a mission differ.
package struct Damage: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  /// At the destination.
  package static let rows = Damage(rawValue: 1)
  /// In the store.
  package static let object = Damage(rawValue: 2)

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What a difference in this part damages.
  package init(_ part: Difference.Part) { self = part == .destination ? .rows : .object }
}
