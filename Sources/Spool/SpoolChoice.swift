/// Which folder a journal's spool is: `spool` beside it, unless that is or may be another journal's; then one of its own.
///
/// Several journals may lie in one folder. What a run removes because its journal does not know it must be this journal's
/// and nobody else's, so a folder counts as its own only when its owner says so, or when nobody else can have filled it.
enum SpoolChoice: Hashable {
  case shared
  case own
  /// The journal's own folder, after what it needs was copied from the shared one. There nothing is changed.
  case ownAfterCopying
  /// Another process works there in this journal's name.
  case refused

  struct Situation: Hashable {
    /// What is known of a folder.
    enum Folder: Hashable {
      case absent
      /// Nothing of a spool is in it: whoever comes may have it.
      case free
      /// Of a program that knew no owners, or copying into it was broken off.
      case ownerless
      case owned(SpoolOwner)
    }

    let me: SpoolOwner
    var shared: Folder
    /// The folder whose name is made of `me`.
    var own: Folder
    /// A living process has locked the shared folder.
    var isSharedHeld = false
    /// Other journals were opened in this folder.
    var hasNeighbours = false
    /// The journal that the shared folder's owner names is there.
    var ownersJournalExists = false
  }

  init(_ situation: Situation) {
    let isHeld = situation.isSharedHeld
    if situation.own == .owned(situation.me) {
      self = .own
      return
    }
    switch situation.shared {
    case .absent, .free: self = isHeld || situation.own == .ownerless ? .own : .shared
    case .ownerless: self = isHeld || situation.hasNeighbours ? .ownAfterCopying : .shared
    case .owned(situation.me): self = isHeld ? .refused : .shared
    case .owned(let other) where other.identity == situation.me.identity:
      // A copy of the owner's journal, unless it is the same one under a new name.
      self = situation.ownersJournalExists ? .ownAfterCopying : isHeld ? .refused : .shared
    case .owned: self = .own
    }
  }
}
