import Configuration
import Foundation
import KeyTable
import S3Store

/// A configuration file in memory, with the files and variables around it.
struct Fixture {
  static let minimal = """
    workers:
      - name: worker-1
        url: https://worker1.example.com
        api_key: key-of-worker-1
    storage_db:
      connection_string: sqlite:state/ads.sqlite
    storage_s3:
      bucket: my-bucket
      access_key: access-one
      secret_key: secret-one

    """

  var text: String
  var environment: [String: String] = [:]
  var files: [String: String] = [:]
  var path = "config.yaml"
  /// Zones of this machine's database that are there.
  var zones: [String] = []

  init(_ text: String = Fixture.minimal) { self.text = text }

  /// The minimal file with lines in front of it.
  init(adding lines: String) { text = lines + "\n" + Fixture.minimal }

  func load() throws(ConfigurationErrors) -> Configuration {
    let all = files.merging([path: text]) { $1 }
    let zones = self.zones
    let source = ConfigurationSource(environment: environment) { path, limit in
      if let zone = zones.first(where: { path == "/usr/share/zoneinfo/\($0)" }),
        let file = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(zone)")
      {
        return .success(Array(file))
      }
      guard let text = all[path] else { return .failure(.missing) }
      return text.utf8.count <= limit ? .success(Array(text.utf8)) : .failure(.tooLarge(limit: limit))
    }
    return try Configuration.load(path: path, source: source)
  }

  /// `line:column: message` of everything that is wrong.
  func problems() -> [String] {
    do {
      _ = try load()
      return []
    } catch {
      return error.diagnostics.map { diagnostic in
        let place = diagnostic.mark.map { "\($0.line):\($0.column): " } ?? ""
        return "\(place)\(diagnostic.message)"
      }
    }
  }

  /// What would be printed; empty when nothing is wrong.
  func printed() -> String {
    do {
      _ = try load()
      return ""
    } catch {
      return error.description
    }
  }
}

extension Configuration {
  /// The store of a configuration that has one of S3.
  var storageS3: S3Section { store as! S3Section }  // Else the test has nothing to say.
}
