import Dates
import KeyTable
import MissionCore

/// The time zones of the system: a file each, in folders by part of the world.
enum TimeZoneDatabase {
  static let folder = "/usr/share/zoneinfo"
  /// The largest of them has some 4 KB.
  private static let largestFile = 1 << 20

  /// The zone, or what is wrong with the name or the machine.
  static func zone(_ name: String, _ source: ConfigurationSource) -> ParsedValue<TimeZone> {
    if name == "UTC" { return .value(.utc) }
    guard isName(name) else {
      return .refused("must be a name of the system's time zone database, like America/Sao_Paulo")
    }
    let folder = source.environment["TZDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? Self.folder
    guard case .success(let bytes) = source.read("\(folder)/\(name)", largestFile),
      let zone = TimeZone(name: name, file: bytes)
    else {
      // A folder that is there is refused for being one.
      guard case .failure(.missing) = source.read(folder, 1) else {
        return .refused(
          "must be a name of the time zone database in \(folder), like America/Sao_Paulo (packages tzdata and, for old "
            + "names, tzdata-legacy)")
      }
      return .refused(
        "needs the time zone database, which is not in \(folder): install the package tzdata, or write UTC")
    }
    return .value(zone)
  }

  /// Nothing that leads out of the folder.
  private static func isName(_ text: String) -> Bool {
    text.utf8.count <= 128 && text.utf8.allSatisfy { TextRule.isAlphanumeric($0) || "_+-/".utf8.contains($0) }
      && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
  }
}

extension Codec where Value == TimeZone {
  /// The name of a zone that the system knows.
  static var timeZone: Codec {
    .scalar(
      .text, accepts: "must be a name of the system's time zone database, like America/Sao_Paulo",
      parse: { text, reader in TimeZoneDatabase.zone(text, reader.source) }, render: { .text($0.name) })
  }
}
