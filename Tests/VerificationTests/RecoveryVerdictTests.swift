import MissionCore
import Ports
import Testing

@testable import Verification

/// Every row of the table of TRUST 3, as far as ledger row and object decide.
@Suite(.timeLimit(.minutes(1))) struct RecoveryVerdictTests {
  private func ledger(_ sha256: String) -> LoadedMission.Ledger {
    LoadedMission.Ledger(adsCount: 2, rowsCount: 2, sha256: sha256)
  }

  private func object(_ sha256: String?) -> FoundObject {
    FoundObject(etag: "e", size: 3) { $0 == "sha256" ? sha256 : nil }
  }

  private func verdict(
    _ ledger: LoadedMission.Ledger?, _ object: FoundObject?, kept: Bool = true
  ) -> RecoveryVerdict { .of(ledger, object, hasKeptFiles: { kept }) }

  @Test("ledger row and object that agree are a mission that is done, when its kept files are there")
  func both() {
    #expect(verdict(ledger("a"), object("a")) == .done)
    #expect(verdict(ledger("a"), object("a"), kept: false) == .replace)
  }

  @Test("what says different things, or nothing on both sides, is replaced")
  func differing() {
    #expect(verdict(ledger("a"), object("b")) == .replace)
    #expect(verdict(ledger(""), object(nil)) == .replace)
    #expect(verdict(ledger(""), object("")) == .replace)
    #expect(verdict(ledger(""), object("a")) == .replace)
    #expect(verdict(nil, object(nil)) == .replace)
  }

  @Test("one of the two leads to the other, unless it is not to be trusted")
  func one() {
    #expect(verdict(ledger("a"), nil) == .fromRows)
    #expect(verdict(ledger("a"), object(nil)) == .fromRows, "an object that does not say what it is")
    #expect(verdict(ledger(""), nil) == .scrape)
    #expect(verdict(nil, object("a")) == .fromObject)
    #expect(verdict(nil, nil) == .scrape)
  }
}
