import Dates
import KeyTable
import MissionCore
import YAML

extension Configuration {
  /// The file's `time_zone:` alone, for what is asked before the configuration is read whole; UTC when there is no file.
  /// Whatever else is wrong with the file is left to whoever reads it whole.
  package static func timeZone(
    path: String, source: ConfigurationSource
  ) throws(ConfigurationErrors) -> TimeZone {
    guard case .success(let bytes) = source.read(path, YAMLDocument.largestSize) else { return .utc }
    let document = YAMLDocument(reading: bytes)
    guard case .mapping(let pairs) = document.root?.content,
      let written = pairs.first(where: { $0.key == "time_zone" })?.value, !written.isNull
    else { return .utc }
    var reader = ConfigurationReader(
      path: path, source: source, purpose: .reading, sectionsOfWork: [], table: { [] })
    let outcome = Codec<TimeZone>.timeZone.read(&reader, ValueInput(node: written), "time_zone")
    if case .value(let zone) = outcome { return zone }
    let listing = SourceListing(bytes: bytes)
    guard !reader.findings.isEmpty else { return .utc }
    throw ConfigurationErrors(
      path: path, isMissing: false,
      diagnostics: reader.findings.map { finding in
        Diagnostic(
          mark: finding.mark, message: finding.message, listing: finding.mark.map(listing.excerpt) ?? [])
      })
  }
}
