import MissionCore
import YAML

extension Configuration {
  /// What a configuration is read for.
  public enum Purpose: Sendable {
    /// To scrape, load and upload, or to show it whole: everything must be there.
    case working
    /// To look into the journal and the mission files: what only workers, proxies, destination, store and notices need
    /// may come from variables and files that are not there. It keeps its defaults then.
    case reading
  }

  /// Reads the file and everything that it points to.
  public static func load(
    path: String, environment: [String: String], for purpose: Purpose = .working
  ) throws(ConfigurationErrors) -> Configuration {
    try load(path: path, source: .files(environment: environment), for: purpose)
  }

  public static func load(
    path: String, source: ConfigurationSource, for purpose: Purpose = .working
  ) throws(ConfigurationErrors) -> Configuration {
    let bytes: [UInt8]
    switch source.read(path, YAMLDocument.largestSize) {
    case .success(let read): bytes = read
    case .failure(let failure):
      throw ConfigurationErrors(
        path: path, isMissing: failure == .missing,
        diagnostics: [
          Diagnostic(
            mark: nil, message: failure.description + (failure == .missing ? firstConfiguration : ""),
            listing: [])
        ])
    }
    let document = YAMLDocument(reading: bytes)
    var reader = ConfigurationReader(path: path, source: source, purpose: purpose)
    for problem in document.problems { reader.report(problem.mark, problem.message) }
    var configuration = Configuration()
    if let root = document.root { configuration = reader.section(root, path: "") }
    // Paths that were written are resolved already; the default is relative to the configuration's folder too.
    if configuration.journal.path == Journal.defaultPath {
      configuration.journal.path = reader.resolve(Journal.defaultPath)
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
  private static let firstConfiguration =
    "; copy one from the folder examples/ of the sources, or name one with --config FILE"
}
