import Dates
import KeyTable
import Kind
import Kinds
import MissionCore

/// `config.yaml` as typed values (SPEC 5).
///
/// It knows what may be written there and what it means. Where the values lead (whether a worker answers,
/// whether a mission file exists) is left to those who use them.
public struct Configuration: ConfigurationSection {
  public var version = 1
  /// Nil where the file does not say: the environment decides then.
  public var locale: Locale?
  /// Whose days `today`, `yesterday`, `-7d` and windows mean.
  package var timeZone = TimeZone.utc
  /// Files, globs and windows; see `missionFiles()` and `windows`.
  package var missions: [MissionEntry] = []
  /// See `schedules`.
  package var scheduleEntries: [ScheduleEntry] = []
  public var journal = Journal()
  public var execution = Execution()
  /// Not empty where `usesWorkers`.
  public var workers: [Worker] = []
  /// Nil without a `sources:` section: then every name is a source of all workers.
  package var sources: [Named<any SourceSection>]?
  /// Nil without a `proxies:` section: sessions are then opened without a proxy.
  public var proxies: [Proxy]?
  public var storageDB = StorageDB()
  /// What takes the records instead of a database.
  package var otherDestination: (any DestinationSection)?
  /// What keeps the audit objects: the first kind's when nothing is written.
  package var store: any StoreSection = Kinds.stores[0].init()
  /// What becomes of results that are not like those before them, where a source does not say so itself.
  package var quality = QualitySection()
  public var retention = Retention()
  public var notify = Notify()
  /// Which part of the missions the configuration was read for; nil for all.
  package internal(set) var shard: Shard?
  /// What sources may do, as all shards share it and as it is here.
  package internal(set) var divided: [DividedLimit] = []
  /// There are fewer proxies than shards, so that several go through the same.
  package internal(set) var sharesProxies = false
  /// What libpq takes from the environment by itself.
  var ambientSecrets: [Secret] = []

  package init() {}

  /// The languages of output for people; the value is what stands in the file.
  public enum Locale: String, CaseIterable, Sendable {
    case english = "en"
    case brazilianPortuguese = "pt-BR"
  }

  /// `journal`: where the record of all work lies.
  public struct Journal: ConfigurationSection {
    static let defaultPath = "state/journal.sqlite"
    public var path = Journal.defaultPath
    package init() {}
  }

  /// What `prune` removes when told nothing else; nil keeps everything.
  public struct Retention: ConfigurationSection {
    public var missions: Duration?
    public var events: Duration?
    /// When a run removes it by itself; nil: never.
    package var prune: Moment?
    package init() {}

    /// When reports are written besides being shown.
    package enum Moment: String, CaseIterable, Sendable {
      case afterRun = "after_run"
    }
  }

  public var activeWorkers: [Worker] { workers.filter(\.isActive) }

  /// How many missions run at once with the chosen workers: `max_concurrency`, but never more than the sum of
  /// their capacities and those of the other sources, which is the default.
  public func maxConcurrency(with chosen: [Worker]) -> Int {
    let workers = usesWorkers ? chosen.reduce(0) { $0 + $1.capacity } : 0
    let others = (sources ?? []).filter { $0.value.workersUsed == .none }
    let capacity = others.reduce(workers) { $0 + ($1.value.basics.capacity ?? 1) }
    return min(execution.maxConcurrency ?? capacity, capacity)
  }

  /// Every secret of the configuration, for a `Redactor`: what the table of keys calls one.
  public var secrets: [Secret] { (secretsOfTable + ambientSecrets).filter { !$0.isEmpty } }
}
