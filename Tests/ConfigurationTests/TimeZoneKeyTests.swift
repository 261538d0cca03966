import Configuration
import Dates
import Foundation
import KeyTable
import MissionCore
import Testing

@Suite("The key time_zone", .timeLimit(.minutes(1)))
struct TimeZoneKeyTests {
  private static let lisbon =
    (try? Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/Europe/Lisbon"))) ?? Data()

  /// A machine with one zone, or with no database at all.
  private func problems(_ zone: String, hasDatabase: Bool = true, environment: [String: String] = [:])
    -> [String]
  {
    let text = "time_zone: \(zone)\n" + Fixture.minimal
    let source = ConfigurationSource(environment: environment) { path, _ in
      switch path {
      case "config.yaml": return .success(Array(text.utf8))
      case "/usr/share/zoneinfo", "/zones": return .failure(hasDatabase ? .directory : .missing)
      case "/usr/share/zoneinfo/Europe/Lisbon", "/zones/Europe/Lisbon":
        return hasDatabase ? .success(Array(Self.lisbon)) : .failure(.missing)
      case "/usr/share/zoneinfo/Not/TZif": return .success(Array("nothing".utf8))
      default: return .failure(.missing)
      }
    }
    do {
      let configuration = try Configuration.load(path: "config.yaml", source: source)
      #expect(try Configuration.timeZone(path: "config.yaml", source: source) == configuration.timeZone)
      return [configuration.timeZone.name]
    } catch {
      let errors = error
      #expect(errors.exitCode == .configuration)
      #expect(throws: ConfigurationErrors.self) {
        try Configuration.timeZone(path: "config.yaml", source: source)
      }
      return errors.diagnostics.map { "\($0.mark.map { "\($0.line):\($0.column): " } ?? "")\($0.message)" }
    }
  }

  @Test("is UTC without a word, and needs no database then")
  func utc() throws {
    #expect(try Fixture().load().timeZone == .utc)
    #expect(problems("UTC", hasDatabase: false) == ["UTC"])
  }

  @Test("takes a zone of the system, or of TZDIR")
  func known() {
    #expect(problems("Europe/Lisbon") == ["Europe/Lisbon"])
    #expect(problems("Europe/Lisbon", environment: ["TZDIR": "/zones"]) == ["Europe/Lisbon"])
  }

  @Test(
    "refuses what is none, with its place",
    arguments: ["Europe/Atlantis", "Not/TZif", "Europe"])
  func unknown(name: String) {
    #expect(
      problems(name) == [
        "1:12: time_zone must be a name of the time zone database in /usr/share/zoneinfo, like America/Sao_Paulo "
          + "(packages tzdata and, for old names, tzdata-legacy), got \(name)"
      ])
  }

  @Test(
    "refuses names that lead elsewhere",
    arguments: ["../etc/passwd", "/etc/localtime", "Europe//Lisbon", "a b"])
  func noName(name: String) {
    #expect(
      problems(name) == [
        "1:12: time_zone must be a name of the system's time zone database, like America/Sao_Paulo, got \(name)"
      ])
  }

  @Test("names the package that is missing")
  func noDatabase() {
    #expect(
      problems("Europe/Lisbon", hasDatabase: false) == [
        "1:12: time_zone needs the time zone database, which is not in /usr/share/zoneinfo: install the package tzdata, "
          + "or write UTC, got Europe/Lisbon"
      ])
  }

  @Test("counts by itself where another key is wrong, and is UTC without a file")
  func alone() throws {
    let source = ConfigurationSource(environment: [:]) { path, _ in
      path == "config.yaml" ? .success(Array("nonsense: [1]\ntime_zone: UTC\n".utf8)) : .failure(.missing)
    }
    #expect(try Configuration.timeZone(path: "config.yaml", source: source) == .utc)
    #expect(try Configuration.timeZone(path: "other.yaml", source: source) == .utc)
  }
}
