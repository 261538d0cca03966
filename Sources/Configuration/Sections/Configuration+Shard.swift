import KeyTable
import Kind
import MissionCore

/// What a part of a run has of something that all parts share, for people.
package struct DividedLimit: Hashable, Sendable {
  package let source: String
  /// `capacity` or `pace`.
  package let key: String
  package let whole: String
  package let part: String

  package init(source: String, key: String, whole: String, part: String) {
    self.source = source
    self.key = key
    self.whole = whole
    self.part = part
  }
}

extension Configuration {
  /// The active workers that this process may use.
  package var workersOfShard: [Worker] {
    guard let shard, shard.isOfEngine else { return activeWorkers }
    return shard.share(of: activeWorkers)
  }

  /// Takes this part's share of proxies and of what sources allow, and has a journal of its own. Where `shard` is no
  /// engine's nothing is divided.
  ///
  /// - Parameter placesJournal: the journal's path does not tell the shards apart by itself.
  mutating func divide(by shard: Shard, placesJournal: Bool) {
    self.shard = shard
    guard shard.isOfEngine else { return }
    if placesJournal { journal.path = shard.place(of: journal.path) }
    divideProxies(by: shard)
    sources = sources?.map { source in
      var source = source
      divided += Self.divide(&source.value, source.name, by: shard)
      return source
    }
  }

  /// Fewer proxies than parts are shared: sessions of several parts may go through one.
  private mutating func divideProxies(by shard: Shard) {
    guard let proxies else { return }
    let active = proxies.indices.filter { proxies[$0].isActive }
    guard !active.isEmpty else { return }
    let ours =
      active.count < shard.count ? [active[shard.index % active.count]] : shard.share(of: active)
    for index in active where !ours.contains(index) { self.proxies![index].isActive = false }
    sharesProxies = active.count < shard.count
  }

  private static func divide(
    _ source: inout any SourceSection, _ name: String, by shard: Shard
  ) -> [DividedLimit] {
    var divided: [DividedLimit] = []
    // Workers are divided themselves.
    let isOfWorkers = source.workersUsed != .none
    if let whole = source.basics.capacity ?? (isOfWorkers ? nil : 1) {
      let part = shard.share(of: whole)
      source.basics.capacity = part
      divided.append(DividedLimit(source: name, key: "capacity", whole: "\(whole)", part: "\(part)"))
    }
    if let whole = source.basics.pace {
      let part = Pace(starts: shard.share(of: whole.starts), span: whole.span)
      source.basics.pace = part
      divided.append(DividedLimit(source: name, key: "pace", whole: text(whole), part: text(part)))
    }
    return divided
  }

  /// As it is written: `20/1h`.
  private static func text(_ pace: Pace) -> String { "\(pace.starts)/\(DurationText.format(pace.span))" }

  /// Every part needs a worker of its own for each source of workers. With the workers that `--worker` names nothing is
  /// divided.
  package func requireWorkersForAllShards() throws(CommandFailure) {
    guard let shard, shard.isOfEngine, usesWorkers else { return }
    let active = activeWorkers
    guard active.count >= shard.count else {
      throw CommandFailure(
        .configuration,
        "there are fewer workers than shards: \(active.count) active for \(shard.count), and each shard needs one of "
          + "its own; start at most \(active.count), or name workers with --worker")
    }
    for source in sources ?? [] {
      guard case .named(let names) = source.value.workersUsed else { continue }
      for index in 0..<shard.count {
        let other = Shard(index: index, count: shard.count, isOfEngine: true)
        guard other.share(of: active).contains(where: { names.contains($0.name) }) else {
          throw CommandFailure(
            .configuration,
            "there are fewer workers than shards: none of those of sources.\(source.name) belongs to shard "
              + "\(index) of \(shard.count) (the i-th active one belongs to shard i mod \(shard.count)); give it more, "
              + "or name workers with --worker")
        }
      }
    }
  }
}
