import MissionCore

extension Configuration {
  /// Where what a source brings goes. Sources that are not declared are as those that say nothing of it.
  package func places(ofSource name: String) -> SourcePlaces { SourcePlaces() }

  /// The tables that sources name, and that of those that name none.
  package var recordTables: [RecordTable] { [.ads] }
}
