import MissionCore
import Ports

/// What is to become of a mission at SCRAPE, by what the destination's ledger and the store have of it (TRUST 3). Pure.
package enum RecoveryVerdict: Hashable, Sendable {
  /// Nothing that can be used: it is scraped.
  case scrape
  /// Ledger row and object are there and agree: it is done.
  case done
  /// Both are there and say different things: it is scraped, and what is there is replaced.
  case replace
  /// Only the rows are there, or an object that does not say of what it was made: it can be made of the rows, when they
  /// prove to be whole.
  case fromRows
  /// Only the object is there: rows can be made of it, when it proves to be whole.
  case fromObject

  /// - Parameter hasKeptFiles: whether the kept files that the ledger names are in the store as it says.
  static func of(
    _ ledger: LoadedMission.Ledger?, _ object: FoundObject?, hasKeptFiles: () -> Bool
  ) -> RecoveryVerdict {
    switch (ledger, object) {
    case (nil, nil): return .scrape
    // A digest that was taken out says that the rows are not to be trusted.
    case (let ledger?, nil): return ledger.sha256.isEmpty ? .scrape : .fromRows
    case (nil, let object?): return object.dataSHA256 == nil ? .replace : .fromObject
    case (let ledger?, let object?):
      guard !ledger.sha256.isEmpty else { return .replace }
      // A copy of the store without its metadata.
      guard let said = object.dataSHA256 else { return .fromRows }
      guard said == ledger.sha256 else { return .replace }
      return hasKeptFiles() ? .done : .replace
    }
  }
}

/// What was found of a mission.
package enum RecoveryFinding: Sendable {
  /// It is scraped; whatever of another scrape is there is replaced. `replacing`: the names of kept files that are there.
  /// `doubting`: the ledger's digest, when the rows are not what it says; a scrape that has it writes them anew.
  case scrape(replacing: [String]?, doubting: String? = nil)
  case done(RecoveredMission)
  /// Nobody was to change anything: its missing part can be made of the other, should that prove to be whole.
  case mendable
  /// The store cannot be asked now, and the ledger has the mission: it is left to a later run.
  case left
}
