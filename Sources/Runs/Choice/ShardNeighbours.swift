import Configuration
import Files
import Journal
import MissionCore

/// The folders of other shards beside this one's. Their number may have changed since: what was left under way there
/// and is neither in the ledger nor in the store is scraped again.
struct ShardNeighbours {
  /// Of one folder.
  struct Found: Hashable {
    let folder: String
    let shard: Shard
    let missions: Int
  }

  let journalPath: String
  let shard: Shard

  /// Those that hold missions under way and that nobody works on, by their names.
  func underWay() -> [Found] {
    let own = Folder.parent(of: journalPath)
    let (root, journal) = (Folder.parent(of: own), journalPath.dropFirst(own.count + 1))
    // A path that tells the shards apart by itself has no such folders.
    guard own == "\(root)/\(shard.folder)" || own == shard.folder else { return [] }
    var found: [Found] = []
    for name in Folder.names(in: root).sorted() {
      guard let other = Shard(folder: name[...]), other.folder != shard.folder else { continue }
      let path = "\(root)/\(name)/\(journal)"
      // A folder that cannot be looked into says nothing of this run: its own command tells why.
      guard let reader = try? JournalReader(path: path), (try? JournalLock.isHeld(journal: path)) == false,
        let missions = try? reader.underWay(), missions > 0
      else { continue }
      found.append(Found(folder: "\(root)/\(name)", shard: other, missions: missions))
    }
    return found
  }
}
