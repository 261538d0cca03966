/// Which days are asked for, as days since 1970.
package struct WantedDays: Hashable, Sendable {
  /// How they are known.
  package enum Rule: Hashable, Sendable {
    /// Those that wanted missions name.
    case named
    /// Of each slice all from its first day to its last one; `from` and `to` stand for these where they are given.
    case span
  }

  package let rule: Rule
  /// Nothing before it is told of.
  package let from: Int32?
  /// Nothing behind it is told of.
  package let to: Int32?

  package init(_ rule: Rule, from: Int32? = nil, to: Int32? = nil) {
    self.rule = rule
    self.from = from
    self.to = to
  }
}
