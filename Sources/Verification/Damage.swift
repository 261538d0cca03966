/// Which parts of a mission differ.
package struct Damage: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  /// At the destination.
  package static let rows = Damage(rawValue: 1)
  /// In the store.
  package static let object = Damage(rawValue: 2)
  /// In the store, beside the object.
  package static let keptFiles = Damage(rawValue: 4)

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What a difference in this part damages.
  package init(_ difference: Difference) {
    if difference.part == .destination {
      self = .rows
    } else {
      self = difference.isOfKeptFile ? .keptFiles : .object
    }
  }
}
