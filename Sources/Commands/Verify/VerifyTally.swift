import MissionCore

/// What `verify` has counted so far.
struct VerifyTally: Hashable, Sendable {
  /// DONE missions looked at, those whose rows were not compared, and missions that only the ledger knows.
  var looked = Verifier.Looked()
  private(set) var missing = 0
  private(set) var altered = 0
  private(set) var extra = 0

  var differences: Int { missing + altered + extra }

  mutating func add(_ kind: Difference.Kind) {
    switch kind {
    case .missing: missing += 1
    case .altered: altered += 1
    case .extra: extra += 1
    }
  }
}
