/// Which parts of a mission differ.
struct Damage: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let rows = Damage(rawValue: 1)
  static let object = Damage(rawValue: 2)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ part: Difference.Part) { self = part == .destination ? .rows : .object }
}
