import KeyTable
import Kinds
import MissionCore
import YAML

extension Configuration {
  /// What the configuration is read for; who only looks needs no secrets.
  package typealias Purpose = ConfigurationReader.Purpose

  /// What paths of sections begin with that nobody needs who only reads.
  private static let sectionsOfWork =
    ["workers[", "proxies[", "sources.", "storage_db.", "notify."]
    + Kinds.stores.map { $0.name + "." } + Kinds.destinations.map { $0.name + "." }

  /// Reads the file and everything that it points to.
  package static func load(
    path: String, environment: [String: String],
    now: @escaping @Sendable () -> Timestamp = ConfigurationSource.wallClock, for purpose: Purpose = .working,
    shard: Shard? = nil
  ) throws(ConfigurationErrors) -> Configuration {
    try load(path: path, source: .files(environment: environment, now: now), for: purpose, shard: shard)
  }

  package static func load(
    path: String, source files: ConfigurationSource, for purpose: Purpose = .working, shard: Shard? = nil
  ) throws(ConfigurationErrors) -> Configuration {
    let source = files.telling(shard)
    let bytes: [UInt8]
    switch source.read(path, YAMLDocument.largestSize) {
    case .success(let read): bytes = read
    case .failure(let failure):
      throw ConfigurationErrors(
        path: path, isMissing: failure == .missing,
        diagnostics: [
          Diagnostic(
            mark: nil, message: failure == .missing ? failure.message + firstConfiguration : failure.message,
            listing: [])
        ])
    }
    let document = YAMLDocument(reading: bytes)
    var reader = ConfigurationReader(
      path: path, source: source, purpose: purpose, sectionsOfWork: sectionsOfWork,
      table: { Configuration.described })
    for problem in document.problems { reader.report(problem.mark, problem.message) }
    var configuration = Configuration()
    if let root = document.root { configuration = reader.section(root, path: "") }
    // Paths that were written are resolved already; the default is relative to the configuration's folder too.
    if configuration.journal.path == Journal.defaultPath {
      configuration.journal.path = reader.resolve(Journal.defaultPath)
    }
    if let shard {
      let names = reader.namedVariables["journal.path"] ?? []
      configuration.divide(by: shard, placesJournal: !names.contains(Shard.indexVariable))
    }
    // A proxy whose name comes from a variable that is not set has nothing to be told of.
    configuration.proxies?.removeAll { $0.server.isEmpty }
    configuration.ambientSecrets = source.environment["PGPASSWORD"].map { [Secret($0)] } ?? []
    guard reader.findings.isEmpty else {
      let listing = SourceListing(bytes: bytes)
      throw ConfigurationErrors(
        path: path, isMissing: false,
        diagnostics: reader.findings.map { finding in
          Diagnostic(
            mark: finding.mark, message: finding.message,
            listing: finding.mark.map(listing.excerpt) ?? [])
        }, locale: configuration.locale)
    }
    return configuration
  }

  /// Where one comes from.
  private static let firstConfiguration: Message =
    "; copy one from the folder examples/ of the sources, or name one with --config FILE"
}
