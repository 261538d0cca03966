import Testing

@testable import Spool

/// Which folder a journal's spool is, for everything that may be found.
@Suite(.timeLimit(.minutes(5)))
struct SpoolChoiceTests {
  private static let me = SpoolOwner(identity: "aaaa", journal: "a.sqlite")
  private static let copy = SpoolOwner(identity: "aaaa", journal: "b.sqlite")
  private static let other = SpoolOwner(identity: "bbbb", journal: "b.sqlite")

  private static let all: [SpoolChoice.Situation] = {
    let shared: [SpoolChoice.Situation.Folder] = [
      .absent, .free, .ownerless, .owned(me), .owned(copy), .owned(other),
    ]
    var all: [SpoolChoice.Situation] = []
    for shared in shared {
      for own in [SpoolChoice.Situation.Folder.absent, .free, .ownerless, .owned(me)] {
        for bits in 0..<8 {
          var situation = SpoolChoice.Situation(me: me, shared: shared, own: own)
          situation.isSharedHeld = bits & 1 != 0
          situation.hasNeighbours = bits & 2 != 0
          situation.ownersJournalExists = bits & 4 != 0
          all.append(situation)
        }
      }
    }
    return all
  }()

  private func each(_ isMeant: (SpoolChoice.Situation) -> Bool) -> Set<SpoolChoice> {
    Set(Self.all.filter(isMeant).map { SpoolChoice($0) })
  }

  @Test("the shared folder is never used while another process holds it or another journal owns it")
  func neverAnothers() {
    #expect(!each { $0.isSharedHeld }.contains(.shared))
    #expect(!each { $0.shared == .owned(Self.other) }.contains(.shared))
    #expect(!each { $0.shared == .owned(Self.copy) && $0.ownersJournalExists }.contains(.shared))
    #expect(!each { $0.shared == .ownerless && $0.hasNeighbours }.contains(.shared))
  }

  @Test("a journal alone in its folder has the shared one, also one that an older version filled")
  func alone() {
    let alone = each {
      $0.own != .owned(Self.me) && $0.own != .ownerless && !$0.isSharedHeld && !$0.hasNeighbours
        && [.absent, .free, .ownerless, .owned(Self.me)].contains($0.shared)
    }
    #expect(alone == [.shared])
  }

  @Test("a journal that has a folder of its own stays there")
  func stays() { #expect(each { $0.own == .owned(Self.me) } == [.own]) }

  @Test("of what may be another's only copies are taken, and only where something of ours may be in it")
  func copies() {
    #expect(
      each { $0.own == .absent && $0.shared == .ownerless && $0.hasNeighbours } == [.ownAfterCopying])
    #expect(
      each { $0.own == .ownerless && $0.shared == .owned(Self.copy) && $0.ownersJournalExists }
        == [.ownAfterCopying])
    #expect(each { $0.shared == .owned(Self.other) } == [.own])
  }

  @Test("a renamed journal keeps its spool; one that lives twice is refused")
  func renamed() {
    #expect(
      each {
        $0.own == .absent && $0.shared == .owned(Self.copy) && !$0.ownersJournalExists && !$0.isSharedHeld
      } == [.shared])
    #expect(each { $0.own == .absent && $0.shared == .owned(Self.me) && $0.isSharedHeld } == [.refused])
  }

  @Test("the owner's text comes back, whatever the name; other texts are no owner's")
  func text() {
    for name in ["journal.sqlite", "with\nnewline", "é", " "] {
      let owner = SpoolOwner(identity: "0123", journal: name)
      #expect(SpoolOwner(text: owner.text) == owner)
    }
    for text in ["", "\n", "aa", "aa\n", "aa\n\n", "aa\nbb", "\nbb\n"] {
      #expect(SpoolOwner(text: text) == nil)
    }
  }
}
