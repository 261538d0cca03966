/// A figure in rounds, each measured once for the product and once for the reference, in turns.
struct Figure {
  let name: String
  let unit: Unit
  /// Of the product, a value a round.
  var measured: [Double] = []
  /// Of the reference, a value a round.
  var reference: [Double] = []
  var target: Target?

  init(_ name: String, _ unit: Unit, target: Target? = nil) {
    self.name = name
    self.unit = unit
    self.target = target
  }

  mutating func add(_ measured: Double, _ reference: Double) {
    self.measured.append(measured)
    self.reference.append(reference)
  }

  /// The median of the rounds' ratios; nil without a reference.
  var ratio: Double? {
    reference.isEmpty ? nil : zip(measured, reference).map { $0 / max($1, .leastNormalMagnitude) }.median
  }

  /// Nil without a target.
  var isMet: Bool? {
    switch target {
    case nil: return nil
    case .below(let limit): return measured.median < limit
    case .ratioAtLeast(let limit): return ratio.map { $0 >= limit }
    case .ratioAtMost(let limit): return ratio.map { $0 <= limit }
    }
  }
}

extension [Double] {
  /// Of none it is 0.
  var median: Double {
    let sorted = sorted()
    guard !isEmpty else { return 0 }
    return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
  }
}
