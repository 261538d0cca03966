import Configuration
import MissionCore
import Report

// What people should know of a run that is one of several (TRUST 4).
extension RunSession {
  /// Once, before anything is chosen.
  func tellOfShards() {
    let configuration = plan.configuration
    guard let shard = configuration.shard, shard.isOfEngine else { return }
    context.log.info("this is shard \(shard.index) of \(shard.count), its journal is \(plan.journalPath)")
    for limit in configuration.divided {
      context.log.info(
        "\(limit.key) of source \(limit.source) is divided among \(shard.count) shards: \(limit.part) instead of "
          + "\(limit.whole)")
    }
    if configuration.sharesProxies {
      context.log.warning("there are fewer proxies than shards: several shards go through the same ones")
    }
    if configuration.storageDB.database?.isShared == false {
      context.log.warning(
        "a SQLite destination is no ledger that machines share: shards on other machines cannot ask it what is done"
      )
    }
    for found in ShardNeighbours(journalPath: plan.journalPath, shard: shard).underWay() {
      context.log.warning(
        found.missions == 1
          ? "\(found.folder) holds 1 mission under way, of shard \(found.shard.index) of \(found.shard.count); what is "
            + "only there is scraped again unless that shard runs once more"
          : "\(found.folder) holds \(found.missions) missions under way, of shard \(found.shard.index) of "
            + "\(found.shard.count); what is only there is scraped again unless that shard runs once more")
    }
  }

  /// For the report.
  var dividedShares: [DividedShare] {
    plan.configuration.divided.map {
      DividedShare(source: $0.source, key: $0.key, whole: $0.whole, part: $0.part)
    }
  }
}
