import KeyTable
import Kind
import MissionCore

extension Configuration {
  /// Where what a source brings goes. Sources that are not declared are as those that say nothing of it.
  package func places(ofSource name: String) -> SourcePlaces {
    guard let section = sources?.first(where: { $0.name == name })?.value else { return SourcePlaces() }
    var places = Self.places(section.basics)
    places.keepsFiles = section.keepsFiles
    return places
  }

  private static func places(_ basics: SourceBasics) -> SourcePlaces {
    SourcePlaces(table: RecordTable(name: basics.table, id: basics.id), prefix: basics.prefix)
  }

  /// What sources name beside the store's own prefix.
  package var prefixes: [String] { (sources ?? []).compactMap(\.value.basics.prefix) }

  /// The tables that sources name, and that of those that name none.
  package var recordTables: [RecordTable] {
    let named = (sources ?? []).map { Self.places($0.value.basics).table }
    return [.ads] + Set(named).subtracting([.ads]).sorted { $0.name.description < $1.name.description }
  }
}
