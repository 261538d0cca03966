import KeyTable
import MissionCore

/// Which part of the missions this process has, and of how many (TRUST 4).
package struct Shard: Hashable, Sendable {
  /// From 0.
  package let index: Int
  package let count: Int
  /// Its engine said so: workers, proxies, capacities and the place of the journal are divided too. What a person names
  /// by hand divides the missions alone.
  package let isOfEngine: Bool

  /// What a configuration may name it by, besides `SHARDS`.
  package static let indexVariable = "SHARD"

  package init(index: Int, count: Int, isOfEngine: Bool) {
    self.index = index
    self.count = count
    self.isOfEngine = isOfEngine
  }

  /// For the journal and its filters.
  package var part: MissionFilter.Shard {
    MissionFilter.Shard(index: UInt64(index), count: UInt64(count))
  }

  /// The folder of a part of as many: `shard-2-of-8`.
  package var folder: String { "shard-\(index)-of-\(count)" }

  /// A folder's name, read again.
  package init?(folder: Substring) {
    let words = folder.split(separator: "-", omittingEmptySubsequences: false)
    guard words.count == 4, words[0] == "shard", words[2] == "of", let index = Int(words[1]),
      let count = Int(words[3]), (0..<count).contains(index)
    else { return nil }
    self.init(index: index, count: count, isOfEngine: true)
    // No leading zeros, no plus signs.
    guard self.folder == folder else { return nil }
  }

  /// Where a journal of this part is, when its path says nothing of parts: in a folder of its own beside the others'.
  package func place(of journal: String) -> String {
    guard let slash = journal.lastIndex(of: "/") else { return "\(folder)/\(journal)" }
    return journal[...slash] + "\(folder)/" + journal[journal.index(after: slash)...]
  }

  /// The i-th of all belongs to part i mod N.
  package func share<Thing>(of all: [Thing]) -> [Thing] {
    all.enumerated().filter { $0.offset % count == index }.map(\.element)
  }

  /// Of what all together may do at once: at least 1.
  package func share(of number: Int) -> Int { max(1, number / count) }
}

extension ConfigurationSource {
  /// With the variables that say which part this is: 0 of 1 for the whole.
  func telling(_ shard: Shard?) -> ConfigurationSource {
    var variables = environment
    variables[Shard.indexVariable] = "\(shard?.index ?? 0)"
    variables["SHARDS"] = "\(shard?.count ?? 1)"
    return ConfigurationSource(environment: variables, now: now, read: read)
  }
}
