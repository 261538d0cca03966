import MissionCore

/// What `verify` has counted so far.
package struct VerifyTally: Hashable, Sendable {
  /// DONE missions looked at, those whose rows were not compared, and missions that only the ledger knows.
  package var looked = Verifier.Looked()
  /// Differences of each kind.
  package private(set) var missing = 0
  /// See `missing`.
  package private(set) var altered = 0
  /// See `missing`.
  package private(set) var extra = 0

  package init() {}

  /// Of every kind.
  package var differences: Int { missing + altered + extra }

  /// One more of this kind.
  package mutating func add(_ kind: Difference.Kind) {
    switch kind {
    case .missing: missing += 1
    case .altered: altered += 1
    case .extra: extra += 1
    }
  }
}
