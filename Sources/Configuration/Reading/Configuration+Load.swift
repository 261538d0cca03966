import YAML

extension Configuration {
  /// Reads the file and everything that it points to.
  public static func load(path: String, environment: [String: String]) throws(ConfigurationErrors)
    -> Configuration
  {
    try load(path: path, source: .files(environment: environment))
  }

  public static func load(path: String, source: ConfigurationSource) throws(ConfigurationErrors)
    -> Configuration
  {
    let bytes: [UInt8]
    switch source.read(path, YAMLDocument.largestSize) {
    case .success(let read): bytes = read
    case .failure(let failure):
      throw ConfigurationErrors(
        path: path, isMissing: failure == .missing,
        diagnostics: [Diagnostic(mark: nil, message: failure.description, listing: [])])
    }
    let document = YAMLDocument(reading: bytes)
    var reader = ConfigurationReader(path: path, source: source)
    for problem in document.problems { reader.report(problem.mark, problem.message) }
    var configuration = Configuration()
    if let root = document.root { configuration = reader.section(root, path: "") }
    // Paths that were written are resolved already; the default is relative to the configuration's folder too.
    if configuration.journal.path == Journal.defaultPath {
      configuration.journal.path = reader.resolve(Journal.defaultPath)
    }
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
}
